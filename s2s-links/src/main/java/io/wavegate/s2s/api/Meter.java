package io.wavegate.s2s.api;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Something that is counted here, for whoever collects metrics. Labels come from closed sets only.
 *
 * @param name in Prometheus' style, without a suffix for the kind
 * @param description what is counted
 * @param kind how to read it
 * @param labels their names and values
 * @param value the present one, from any thread
 */
public record Meter(String name, String description, Kind kind, Map<String, String> labels, LongSupplier value) {
    public Meter {
        labels = Map.copyOf(labels);
    }

    /** How to read a value. */
    public enum Kind {
        /** Since the start; never falls. */
        COUNT,
        /** At present. */
        LEVEL
    }

    /** A count since the start. */
    public static Meter count(String name, String description, Map<String, String> labels, LongSupplier value) {
        return new Meter(name, description, Kind.COUNT, labels, value);
    }

    /** A level at present. */
    public static Meter level(String name, String description, Map<String, String> labels, LongSupplier value) {
        return new Meter(name, description, Kind.LEVEL, labels, value);
    }
}
