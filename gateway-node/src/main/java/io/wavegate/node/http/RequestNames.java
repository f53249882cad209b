package io.wavegate.node.http;

import io.wavegate.wavelet.model.WaveletName;

/**
 * Wavelet names as the client API writes them: {@code wavedomain/waveid/waveletdomain/waveletid}, with {@code ~} for a
 * wavelet domain equal to the wave's (spec 11). In a path each part is a segment, in JSON it is one text.
 */
public final class RequestNames {
    /** Longer than any name made here by far; a longer one is not worth looking at. */
    private static final int MAX_LENGTH = 1024;

    private RequestNames() {}

    /** The four segments of a path. */
    static WaveletName of(ApiRequest request) throws ProblemException {
        return parse(String.join(
                "/",
                request.parameter("wave_domain"),
                request.parameter("wave_id"),
                request.parameter("wavelet_domain"),
                request.parameter("wavelet_id")));
    }

    /** One text. */
    public static WaveletName parse(String name) throws ProblemException {
        if (name.length() > MAX_LENGTH) {
            throw new ProblemException(
                    Problem.malformed("The wavelet name is longer than " + MAX_LENGTH + " characters."));
        }
        return WaveletName.parseModern(name)
                .orElseThrow(() -> new ProblemException(Problem.malformed("\"" + name + "\" is no wavelet name."
                        + " Its form is wavedomain/waveid/waveletdomain/waveletid, with ~ for an equal wavelet domain,"
                        + " for example a.example/w+1/~/conv+root.")));
    }
}
