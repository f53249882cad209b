package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal that counts how often an append came too late. */
final class CountedFences {
    private final AtomicInteger count = new AtomicInteger();

    Journal over(Journal journal) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(journal, arguments);
                        if (method.getName().equals("append")) {
                            ((CompletionStage<?>) answer).thenAccept(result -> {
                                if (result instanceof AppendResult.Fenced) {
                                    count.incrementAndGet();
                                }
                            });
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    int count() {
        return count.get();
    }
}
