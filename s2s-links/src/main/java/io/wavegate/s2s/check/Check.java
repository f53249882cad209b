package io.wavegate.s2s.check;

import java.util.OptionalLong;

/**
 * One thing that was looked at.
 *
 * @param id of a closed set, such as {@code tls.certificate}; for programs, and for looking it up
 * @param area what it is about
 * @param severity how much it matters
 * @param side who can do something about it
 * @param finding thing and cause, for a person
 * @param remedy what to do next; empty if there is nothing to do
 * @param millis how long the step took, where one was taken
 */
public record Check(
        String id, Area area, Severity severity, Side side, String finding, String remedy, OptionalLong millis) {

    static Check ok(Area area, String id, String finding) {
        return new Check(id, area, Severity.OK, Side.NOBODY, finding, "", OptionalLong.empty());
    }

    static Check note(Area area, String id, String finding) {
        return note(area, id, finding, "");
    }

    static Check note(Area area, String id, String finding, String remedy) {
        return new Check(id, area, Severity.NOTE, Side.NOBODY, finding, remedy, OptionalLong.empty());
    }

    static Check warning(Area area, String id, Side side, String finding, String remedy) {
        return new Check(id, area, Severity.WARNING, side, finding, remedy, OptionalLong.empty());
    }

    static Check error(Area area, String id, Side side, String finding, String remedy) {
        return new Check(id, area, Severity.ERROR, side, finding, remedy, OptionalLong.empty());
    }

    /** The same with the time its step took. */
    Check took(long time) {
        return new Check(id, area, severity, side, finding, remedy, OptionalLong.of(time));
    }

    /** The same where something else makes up for it. */
    Check mitigated() {
        return severity == Severity.ERROR ? new Check(id, area, Severity.WARNING, side, finding, remedy, millis) : this;
    }

    Check took(OptionalLong time) {
        return time.isPresent() ? took(time.getAsLong()) : this;
    }
}
