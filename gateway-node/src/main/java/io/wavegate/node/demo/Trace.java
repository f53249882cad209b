package io.wavegate.node.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recorded editing session of one or two people.
 *
 * @param startContent the text before
 * @param endContent what the text must be at the end
 * @param people 1 or 2
 * @param transactions in an order in which each comes after what it was typed on top of
 */
public record Trace(String startContent, String endContent, int people, List<Transaction> transactions) {

    public Trace {
        transactions = List.copyOf(transactions);
    }

    /**
     * What somebody typed at once.
     *
     * @param person 0 or 1
     * @param seen how many of the other's transactions stood on his screen, beside all his own
     * @param patches one after the other
     */
    public record Transaction(int person, int seen, List<Patch> patches) {
        public Transaction {
            patches = List.copyOf(patches);
        }
    }

    /** Replaces {@code deleted} characters at {@code position} by a text. */
    public record Patch(int position, int deleted, String inserted) {}

    /**
     * The beginning of a recording of one person.
     *
     * @param count of transactions at most
     */
    public Trace first(int count) {
        if (people != 1) {
            throw new IllegalStateException("where two people type, a beginning has no text of its own");
        }
        if (count >= transactions.size()) {
            return this;
        }
        StringBuilder text = new StringBuilder(startContent);
        for (Transaction transaction : transactions.subList(0, count)) {
            for (Patch patch : transaction.patches()) {
                text.replace(patch.position(), patch.position() + patch.deleted(), patch.inserted());
            }
        }
        return new Trace(startContent, text.toString(), 1, transactions.subList(0, count));
    }

    /** One person's transactions. */
    public List<Transaction> of(int person) {
        return transactions.stream().filter(t -> t.person() == person).toList();
    }

    /** For each transaction of this person, how many of the other are recorded before it, seen by him or not. */
    public List<Integer> earlierOfOther(int person) {
        List<Integer> earlier = new ArrayList<>();
        int others = 0;
        for (Transaction transaction : transactions) {
            if (transaction.person() == person) {
                earlier.add(others);
            } else {
                others++;
            }
        }
        return earlier;
    }

    /**
     * After how many of this person's transactions a delta has to end, because the other has seen just these at some
     * point.
     */
    public Set<Integer> cuts(int person) {
        Set<Integer> cuts = new TreeSet<>();
        for (Transaction transaction : transactions) {
            if (transaction.person() != person) {
                cuts.add(transaction.seen());
            }
        }
        return cuts;
    }
}
