package io.wavegate.load.rederive;

/**
 * What an edit does to one character: keeps it, deletes it, or inserts it.
 *
 * @param kind which of these
 * @param letter which character; of no meaning where one is kept
 */
record Item(Kind kind, char letter) {
    static final Item KEEP = new Item(Kind.KEEP, ' ');

    /** What is done. */
    enum Kind {
        KEEP,
        INSERT,
        DELETE
    }

    boolean inserts() {
        return kind == Kind.INSERT;
    }
}
