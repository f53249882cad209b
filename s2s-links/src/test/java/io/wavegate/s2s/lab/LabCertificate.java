package io.wavegate.s2s.lab;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate with its key for tests, good or bad in any way that is asked for. */
public record LabCertificate(List<X509Certificate> chain, PrivateKey key) {
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** An authority that signs itself. */
    public static LabCertificate authority(String name) {
        return request(name).authority().selfSigned();
    }

    /** A certificate that a good peer would have; change what should be wrong. */
    public static Request request(String commonName) {
        return new Request(commonName);
    }

    public Path writeChain(Path file) throws IOException {
        return write(file, chain.toArray());
    }

    /** As {@code openssl genrsa -traditional} and {@code openssl ecparam -genkey} do: PKCS#1, SEC 1 with the curve's name. */
    public Path writeKey(Path file) throws IOException {
        return write(file, key.getAlgorithm().equals("EC") ? sec1() : key);
    }

    /** The curve's name as a block of its own, which OpenSSL puts in front of the key. */
    public PemObject curve() throws IOException {
        return new PemObject(
                "EC PARAMETERS",
                PrivateKeyInfo.getInstance(key.getEncoded())
                        .getPrivateKeyAlgorithm()
                        .getParameters()
                        .toASN1Primitive()
                        .getEncoded());
    }

    /** The key in SEC 1 form, with the public key, by which Erlang matches key and certificate. */
    public PemObject sec1() throws IOException {
        ECPrivateKey ec = (ECPrivateKey) key;
        ASN1Encodable parameters = PrivateKeyInfo.getInstance(key.getEncoded())
                .getPrivateKeyAlgorithm()
                .getParameters();
        DERBitString publicKey = new DERBitString(
                SubjectPublicKeyInfo.getInstance(leaf().getPublicKey().getEncoded())
                        .getPublicKeyData()
                        .getBytes());
        return new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), publicKey, parameters).getEncoded());
    }

    /** Anything that Bouncy Castle can write as PEM. */
    public static Path write(Path file, Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                pem.writeObject(object);
            }
        }
        return Files.writeString(file, text.toString());
    }

    /** What the certificate shall say. */
    public static final class Request {
        private static final ASN1ObjectIdentifier DNS_SRV = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
        private static final ASN1ObjectIdentifier XMPP_ADDR = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");
        private final String commonName;
        private final List<GeneralName> names = new ArrayList<>();
        private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
        private Instant from = Instant.now().minus(Duration.ofHours(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private boolean authority;
        private KeyPair keys = ec();

        private Request(String commonName) {
            this.commonName = commonName;
        }

        public Request dns(String... domains) {
            for (String domain : domains) {
                names.add(new GeneralName(GeneralName.dNSName, new DERIA5String(domain)));
            }
            return this;
        }

        /** An IP address, as a literal. */
        public Request address(String literal) {
            names.add(new GeneralName(GeneralName.iPAddress, literal));
            return this;
        }

        public Request srv(String name) {
            return other(DNS_SRV, new DERIA5String(name));
        }

        public Request xmppAddr(String address) {
            return other(XMPP_ADDR, new DERUTF8String(address));
        }

        public Request other(ASN1ObjectIdentifier type, ASN1Encodable value) {
            names.add(new GeneralName(
                    GeneralName.otherName,
                    new DERSequence(new ASN1Encodable[] {type, new DERTaggedObject(true, 0, value)})));
            return this;
        }

        public Request purposes(KeyPurposeId... wanted) {
            purposes = Arrays.asList(wanted);
            return this;
        }

        public Request valid(Instant notBefore, Instant notAfter) {
            from = notBefore;
            until = notAfter;
            return this;
        }

        public Request keys(KeyPair pair) {
            keys = pair;
            return this;
        }

        public Request authority() {
            authority = true;
            purposes = List.of();
            return this;
        }

        public LabCertificate selfSigned() {
            return new LabCertificate(
                    List.of(sign(new X500Name("CN=" + commonName), keys.getPrivate())), keys.getPrivate());
        }

        /** Signed by an authority; the chain has the intermediates but not the root. */
        public LabCertificate signedBy(LabCertificate issuer) {
            X509Certificate leaf = sign(
                    X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded()), issuer.key());
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            boolean root =
                    issuer.leaf().getSubjectX500Principal().equals(issuer.leaf().getIssuerX500Principal());
            if (!root) {
                chain.addAll(issuer.chain());
            }
            return new LabCertificate(chain, keys.getPrivate());
        }

        private X509Certificate sign(X500Name issuer, PrivateKey issuerKey) {
            try {
                JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(64, new SecureRandom()).setBit(63),
                        Date.from(from),
                        Date.from(until),
                        new X500Name("CN=" + commonName),
                        keys.getPublic());
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
                builder.addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
                if (!purposes.isEmpty()) {
                    builder.addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0])));
                }
                if (!names.isEmpty()) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new DEROctetString(new GeneralNames(names.toArray(new GeneralName[0]))).getOctets());
                }
                String algorithm = issuerKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
                return new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey)));
            } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static KeyPair ec() {
        return generate("EC", 256);
    }

    public static KeyPair rsa(int bits) {
        return generate("RSA", bits);
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
