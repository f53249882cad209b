package io.wavegate.load.chaos.load;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an author types, each once in his life: {@code [word.number]}. It stays in one piece through every transformation, so a
 * delta is known anywhere by the first mark in it.
 *
 * @param author his word, unique in the laboratory
 * @param number from 0, in the order of his typing
 */
public record Mark(String author, int number) {
    private static final Pattern TEXT = Pattern.compile("\\[(\\w+)\\.(\\d+)]");

    /** As it is typed. */
    public String text() {
        return "[" + author + "." + number + "]";
    }

    /** Those that an operation types, in order. */
    public static List<Mark> in(DocOp operation) {
        List<Mark> marks = new ArrayList<>();
        for (DocOpComponent component : operation.components()) {
            if (component instanceof DocOpComponent.Characters characters) {
                Matcher matcher = TEXT.matcher(characters.text());
                while (matcher.find()) {
                    marks.add(new Mark(matcher.group(1), Integer.parseInt(matcher.group(2))));
                }
            }
        }
        return marks;
    }

    /** Those that a delta types, in order. */
    public static List<Mark> in(List<WaveletOperation> operations) {
        return operations.stream()
                .filter(MutateDocument.class::isInstance)
                .flatMap(operation -> in(((MutateDocument) operation).operation()).stream())
                .toList();
    }
}
