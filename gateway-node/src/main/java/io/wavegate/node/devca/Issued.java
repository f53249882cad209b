package io.wavegate.node.devca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and the key it is for. */
record Issued(X509Certificate certificate, PrivateKey key) {}
