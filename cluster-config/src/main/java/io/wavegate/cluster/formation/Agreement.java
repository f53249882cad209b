package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all nodes of a cluster must agree on. Two nodes agree if for each term they have a value in common: most terms have
 * one value, those that can be changed while the cluster runs have an old and a new one.
 *
 * @param terms in no particular order, each key once
 */
public record Agreement(List<Term> terms) {
    /** Where it is in a node's configuration, for Pekko's check. */
    static final String PATH = "wavegate.cluster.agreed";

    /** Nothing to agree on. */
    public static final Agreement NONE = new Agreement(List.of());

    private static final String BETWEEN = "\t";

    /**
     * One thing.
     *
     * @param key what an operator has to change, such as {@code wavegate.wavelets.shards}
     * @param values at least one, without tabulators
     */
    public record Term(String key, Set<String> values) {
        public Term {
            values = Set.copyOf(values);
        }

        /** A term of one value. */
        public static Term of(String key, Object value) {
            return new Term(key, Set.of(value.toString()));
        }

        private String text() {
            return key + BETWEEN + values.stream().sorted().collect(Collectors.joining(BETWEEN));
        }

        private static Term parse(String text) {
            List<String> parts = Arrays.asList(text.split(BETWEEN, -1));
            return new Term(parts.get(0), new LinkedHashSet<>(parts.subList(1, parts.size())));
        }
    }

    public Agreement {
        terms = List.copyOf(terms);
    }

    /** As it is written into the configuration. */
    List<String> texts() {
        return terms.stream().map(Term::text).toList();
    }

    static Agreement in(Config config) {
        return config.hasPath(PATH)
                ? new Agreement(
                        config.getStringList(PATH).stream().map(Term::parse).toList())
                : NONE;
    }

    /**
     * What differs, for an operator of the node with this agreement; empty if both agree. Terms that only one knows, since
     * it is of a newer release, do not count; but somebody who knows none at all is none of us.
     */
    List<String> differences(Agreement cluster) {
        if (cluster.terms.isEmpty() && !terms.isEmpty()) {
            return List.of("the other knows of nothing that nodes must agree on");
        }
        List<String> found = new ArrayList<>();
        for (Term own : terms) {
            cluster.terms.stream()
                    .filter(term -> term.key().equals(own.key()))
                    .filter(term -> own.values().stream().noneMatch(term.values()::contains))
                    .forEach(
                            term -> found.add(own.key() + " is " + shown(own) + " here and " + shown(term) + " there"));
        }
        return found;
    }

    private static String shown(Term term) {
        return term.values().stream().sorted().collect(Collectors.joining(" or "));
    }
}
