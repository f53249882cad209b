package io.wavegate.s2s.stream;

/** Carries a {@link StreamEnd} through a future. */
public final class StreamEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient StreamEnd end;

    public StreamEndedException(StreamEnd end) {
        super(end.reason() + ": " + end.text());
        this.end = end;
    }

    public StreamEnd end() {
        return end;
    }
}
