package io.wavegate.wavelet.authority;

/** Who handed in a delta. */
public sealed interface Origin {
    /** One of our own users, authenticated; we signed the delta. */
    record Local() implements Origin {
        public static final Local INSTANCE = new Local();
    }

    /**
     * A remote domain.
     *
     * @param domain as its stream authenticated it
     */
    record Remote(String domain) implements Origin {}
}
