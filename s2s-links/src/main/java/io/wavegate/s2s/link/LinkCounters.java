package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;

/** What has happened on a link since it was started. */
final class LinkCounters {
    private long answered;
    private long refused;
    private long failed;
    private long overloaded;
    private long unmatched;
    private long repliesDropped;

    void answered() {
        answered++;
    }

    void refused() {
        refused++;
    }

    void failed(int count) {
        failed += count;
    }

    void overloaded() {
        overloaded++;
    }

    void unmatched() {
        unmatched++;
    }

    void replyDropped() {
        repliesDropped++;
    }

    LinkView.Counters view() {
        return new LinkView.Counters(answered, refused, failed, overloaded, unmatched, repliesDropped);
    }
}
