package io.wavegate.load.sim;

import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Bugs of the authority, made by changing submits on their way to it. What the wavelets' messages are is their own business,
 * so this takes them apart by reflection.
 */
final class SubmitRewrites {
    private final SimRun run;
    private final Set<String> seen = new HashSet<>();

    SubmitRewrites(SimRun run) {
        this.run = run;
    }

    Object changed(String wavelet, Object message) {
        boolean wanted = run.bugs().has(Bug.FORGET_DEDUP) || run.bugs().has(Bug.NO_HASH_CHECK);
        if (!wanted || !message.getClass().getSimpleName().equals("Submit")) {
            return message;
        }
        try {
            RecordComponent[] parts = message.getClass().getRecordComponents();
            Object[] values = new Object[parts.length];
            Class<?>[] types = new Class<?>[parts.length];
            for (int i = 0; i < parts.length; i++) {
                Method accessor = parts[i].getAccessor();
                accessor.setAccessible(true);
                types[i] = parts[i].getType();
                Object value = accessor.invoke(message);
                values[i] = value instanceof Submission submission ? changed(wavelet, submission) : value;
            }
            Constructor<?> constructor = message.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Submission changed(String wavelet, Submission submission) {
        WaveletDelta delta = submission.delta();
        List<WaveletOperation> operations = delta.operations();
        HashedVersion target = delta.target();
        if (run.bugs().has(Bug.FORGET_DEDUP)
                && !seen.add(wavelet + submission.signed().payload().hashCode())) {
            operations = operations.stream().map(SubmitRewrites::unlike).toList();
        }
        if (run.bugs().has(Bug.NO_HASH_CHECK)) {
            target = new HashedVersion(target.version(), run.hashAt(wavelet, target));
        }
        return submitted(submission, delta, operations, target);
    }

    // The same size, other letters: whoever compares does not know it again.
    private static WaveletOperation unlike(WaveletOperation operation) {
        if (!(operation instanceof WaveletOperation.MutateDocument mutation)) {
            return operation;
        }
        List<DocOpComponent> components = new ArrayList<>();
        for (DocOpComponent component : mutation.operation().components()) {
            components.add(
                    component instanceof DocOpComponent.Characters characters
                            ? new DocOpComponent.Characters(characters.text().toUpperCase(Locale.ROOT))
                            : component);
        }
        return new WaveletOperation.MutateDocument(mutation.documentId(), new DocOp(components));
    }

    private static Submission submitted(
            Submission submission, WaveletDelta delta, List<WaveletOperation> operations, HashedVersion target) {
        return new Submission(
                submission.signed(),
                new WaveletDelta(target, delta.author(), operations, delta.addressPath()),
                submission.origin());
    }
}
