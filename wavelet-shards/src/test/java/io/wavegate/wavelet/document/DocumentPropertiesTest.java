package io.wavegate.wavelet.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wavegate.wavelet.document.ListDocument.Item;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.ot.DocOpWellFormedness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DocumentPropertiesTest {
    @Property(tries = 2000)
    void aValidOperationDoesWhatItDoesToAPlainListOfItems(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument plain = RandomOperation.document(random);
        DocOp operation = RandomOperation.on(plain, random);

        Document result = treeOf(plain).apply(operation);

        assertThat(itemsOf(result.toOperation()))
                .isEqualTo(plain.apply(operation).items());
        assertThat(result.length()).isEqualTo(plain.apply(operation).items().size());
    }

    @Property(tries = 3000)
    void anOperationIsRefusedExactlyWhenThePlainListRefusesIt(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument plain = RandomOperation.document(random);
        DocOp broken = broken(RandomOperation.on(plain, random), random);
        boolean fits = DocOpWellFormedness.check(broken).isEmpty() && catchThrowable(() -> plain.apply(broken)) == null;

        Throwable refusal = catchThrowable(() -> treeOf(plain).apply(broken));

        if (fits) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isInstanceOf(InvalidOperationException.class);
        }
    }

    @Property(tries = 3000)
    void typingAndDeletingOneTextDoesWhatItDoesToAPlainListOrIsRefusedToo(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument plain = RandomOperation.document(random);
        int at = random.nextInt(plain.items().size() + 1);
        List<DocOpComponent> edit = new ArrayList<>();
        retain(edit, at);
        if (at < plain.items().size() && plain.items().get(at).content() instanceof Characters text) {
            edit.add(new DocOpComponent.DeleteCharacters(random.nextInt(5) == 0 ? "no" : text.text()));
            at += text.text().length();
        } else {
            edit.add(new Characters("typed"));
        }
        retain(edit, plain.items().size() - at + (random.nextInt(10) == 0 ? 1 : 0));
        DocOp operation = new DocOp(edit);

        Throwable plainRefusal = catchThrowable(() -> plain.apply(operation));
        Throwable refusal = catchThrowable(
                () -> assertThat(itemsOf(treeOf(plain).apply(operation).toOperation()))
                        .isEqualTo(plain.apply(operation).items()));

        if (plainRefusal == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isInstanceOf(InvalidOperationException.class);
        }
    }

    @Property(tries = 1000)
    void documentsOfEqualContentAreEqualHoweverTheyWereMade(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument plain = new ListDocument();
        Document made = Document.EMPTY;
        for (int i = 0; i < 6; i++) {
            DocOp operation = RandomOperation.on(plain, random);
            plain = plain.apply(operation);
            made = made.apply(operation);
        }

        Document atOnce = Document.EMPTY.apply(made.toOperation());

        assertThat(made).isEqualTo(atOnce).hasSameHashCodeAs(atOnce);
        assertThat(made.toXml()).isEqualTo(atOnce.toXml());
    }

    @Property(tries = 1000)
    void aRangeIsThatPartOfTheItems(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument plain = RandomOperation.document(random);
        int from = random.nextInt(plain.items().size() + 1);
        int until = from + random.nextInt(plain.items().size() - from + 1);

        List<DocOpComponent> range = treeOf(plain).range(from, until);

        assertThat(itemsOf(new DocOp(range))).isEqualTo(plain.items().subList(from, until));
    }

    @Property(tries = 200)
    void textsLongerThanARunAreEditedLikeOthers(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder plain = new StringBuilder();
        Document document = Document.EMPTY;
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(plain.length() + 1);
            boolean inserts = plain.length() == at || random.nextInt(3) > 0;
            int limit = random.nextBoolean() ? 3 : 1500;
            int count = 1 + random.nextInt(inserts ? limit : Math.min(limit, plain.length() - at));
            List<DocOpComponent> edit = new ArrayList<>();
            retain(edit, at);
            if (inserts) {
                String text = letters(random, count);
                edit.add(new Characters(text));
                retain(edit, plain.length() - at);
                plain.insert(at, text);
            } else {
                edit.add(new DocOpComponent.DeleteCharacters(plain.substring(at, at + count)));
                retain(edit, plain.length() - at - count);
                plain.delete(at, at + count);
            }
            document = document.apply(new DocOp(edit));
        }
        assertThat(document.text()).isEqualTo(plain.toString());
    }

    private static void retain(List<DocOpComponent> edit, int count) {
        if (count > 0) {
            edit.add(new Retain(count));
        }
    }

    private static String letters(Random random, int count) {
        return random.ints(count, 'a', 'z' + 1)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    private static Document treeOf(ListDocument plain) {
        ListDocument rest = plain;
        List<DocOpComponent> components = new ArrayList<>();
        TreeMap<String, String> current = new TreeMap<>();
        for (Item item : rest.items()) {
            boundary(components, current, item.annotations());
            components.add(item.content());
        }
        boundary(components, current, new TreeMap<>());
        return Document.EMPTY.apply(new DocOp(components));
    }

    private static void boundary(
            List<DocOpComponent> components, TreeMap<String, String> current, Map<String, String> next) {
        if (!current.equals(next)) {
            List<String> ends = current.keySet().stream()
                    .filter(key -> !next.containsKey(key))
                    .toList();
            List<DocOpComponent.ValueChange> changes = new TreeMap<>(next)
                    .entrySet().stream()
                            .map(e -> new DocOpComponent.ValueChange(
                                    e.getKey(), Optional.empty(), Optional.of(e.getValue())))
                            .toList();
            components.add(new AnnotationBoundary(ends, changes));
            current.clear();
            current.putAll(next);
        }
    }

    private static List<Item> itemsOf(DocOp initial) {
        return new ListDocument().apply(initial).items();
    }

    private static DocOp broken(DocOp operation, Random random) {
        List<DocOpComponent> components = new ArrayList<>(operation.components());
        int at = random.nextInt(components.size() + 1);
        int choice = random.nextInt(4);
        if (choice == 0) {
            components.add(at, new Retain(1 + random.nextInt(3)));
        } else if (choice == 1) {
            components.add(at, new DocOpComponent.DeleteCharacters("x"));
        } else if (at < components.size() && choice == 2) {
            components.remove(at);
        } else if (at + 1 < components.size()) {
            components.add(components.remove(at));
        }
        return new DocOp(components);
    }
}
