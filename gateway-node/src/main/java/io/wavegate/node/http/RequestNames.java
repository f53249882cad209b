package io.wavegate.node.http;

import io.wavegate.wavelet.model.WaveletName;
import java.util.regex.Pattern;

/**
 * Wavelet names as the client API writes them: {@code wavedomain/waveid/waveletdomain/waveletid}, with {@code ~} for a
 * wavelet domain equal to the wave's (spec 11). In a path each part is a segment, in JSON it is one text.
 */
public final class RequestNames {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_ID = 256;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_@.*~-]+(\\+[A-Za-z0-9_@.*~-]*)*");

    private RequestNames() {}

    /** The four segments of a path. */
    static WaveletName of(ApiRequest request) throws ProblemException {
        return of(
                request.parameter("wave_domain"),
                request.parameter("wave_id"),
                request.parameter("wavelet_domain"),
                request.parameter("wavelet_id"));
    }

    /** One text. */
    public static WaveletName parse(String name) throws ProblemException {
        String[] parts = name.split("/", -1);
        if (parts.length != 4) {
            throw malformed(name, "has " + parts.length + " parts instead of 4");
        }
        return of(parts[0], parts[1], parts[2], parts[3]);
    }

    private static WaveletName of(String waveDomain, String waveId, String waveletDomain, String waveletId)
            throws ProblemException {
        String host = waveletDomain.equals("~") ? waveDomain : waveletDomain;
        String name = String.join("/", waveDomain, waveId, waveletDomain, waveletId);
        if (waveletDomain.equals(waveDomain)) {
            throw malformed(name, "writes the wavelet's domain out although it is the wave's");
        }
        if (!isDomain(waveDomain) || !isDomain(host)) {
            throw malformed(name, "has a domain that is none");
        }
        if (!isId(waveId) || !isId(waveletId)) {
            throw malformed(name, "has an id with characters that ids do not have");
        }
        return new WaveletName(waveDomain, waveId, host, waveletId);
    }

    private static boolean isDomain(String text) {
        return text.length() <= MAX_DOMAIN && DOMAIN.matcher(text).matches();
    }

    private static boolean isId(String text) {
        return text.length() <= MAX_ID && ID.matcher(text).matches();
    }

    private static ProblemException malformed(String name, String cause) {
        return new ProblemException(Problem.malformed("The wavelet name \"" + name + "\" " + cause
                + ". Its form is wavedomain/waveid/waveletdomain/waveletid, for example a.example/w+1/~/conv+root."));
    }

    /** The same form as {@link #parse} takes. */
    public static String text(WaveletName name) {
        String host = name.waveletDomain().equals(name.waveDomain()) ? "~" : name.waveletDomain();
        return String.join("/", name.waveDomain(), name.waveId(), host, name.waveletId());
    }
}
