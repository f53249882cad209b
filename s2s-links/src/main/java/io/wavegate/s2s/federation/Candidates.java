package io.wavegate.s2s.federation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses of a domain are asked whether they are its wave service (spec 2, step 2).
 *
 * <p>The list of items is a stranger's input, and every address in it may cost us a stream to somebody who has not
 * asked for it. So there are few: the domain itself and its {@code wave.} name always, then items under the domain, then
 * items of other domains; bare domains only, since a wave service has no other form.
 */
final class Candidates {
    private static final int MAX_LENGTH = 253;

    private Candidates() {}

    static List<String> of(String domain, Collection<String> items, int max) {
        Set<String> candidates = new LinkedHashSet<>();
        candidates.add(domain);
        candidates.add("wave." + domain);
        List<String> elsewhere = new ArrayList<>();
        for (String item : items) {
            String address = item.toLowerCase(Locale.ROOT);
            if (!isDomain(address)) {
                continue;
            }
            if (address.endsWith("." + domain)) {
                addBounded(candidates, address, max);
            } else {
                elsewhere.add(address);
            }
        }
        elsewhere.forEach(address -> addBounded(candidates, address, max));
        return List.copyOf(candidates);
    }

    private static void addBounded(Set<String> candidates, String address, int max) {
        if (candidates.size() < max) {
            candidates.add(address);
        }
    }

    /** A name that can be resolved; addresses and other host forms are no wave service's. */
    private static boolean isDomain(String address) {
        if (address.isEmpty() || address.length() > MAX_LENGTH) {
            return false;
        }
        for (String label : address.split("\\.", -1)) {
            boolean valid = !label.isEmpty()
                    && label.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))
                    && !label.startsWith("-")
                    && !label.endsWith("-");
            if (!valid) {
                return false;
            }
        }
        return !address.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
