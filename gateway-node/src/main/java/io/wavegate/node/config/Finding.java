package io.wavegate.node.config;

/**
 * Something that keeps a node from starting, or would surprise its operator.
 *
 * @param thing what it is about: a key with file and line, a file, an address
 * @param cause what is wrong with it
 * @param nextStep what to do about it
 */
public record Finding(String thing, String cause, String nextStep) {

    @Override
    public String toString() {
        return thing + ": " + sentence(cause) + " " + sentence(nextStep);
    }

    // Texts come from many places; some end as sentences do already.
    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
