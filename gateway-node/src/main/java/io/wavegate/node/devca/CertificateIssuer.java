package io.wavegate.node.devca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates as s2s wants them (spec 7): dNSName and SRVName, both extended key usages, RSA-2048 (which Wave's signatures
 * need), and no id-on-xmppAddr, on which one released ejabberd crashes.
 */
final class CertificateIssuer {
    private static final ASN1ObjectIdentifier DNS_SRV = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
    private static final int KEY_BITS = 2048;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateIssuer() {}

    static Issued authority(String name, Instant from, Instant until) {
        try {
            KeyPair keys = keys();
            // A name of its own for each authority: peers find authorities by name, and two with one name are confused.
            X500Name subject = name(name + " " + Long.toHexString(RANDOM.nextLong()));
            JcaX509v3CertificateBuilder builder = builder(subject, subject, keys, from, until);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            return new Issued(sign(builder, keys), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("this JVM cannot make certificates: " + e.getMessage(), e);
        }
    }

    /** @param domains A-labels, the main one first */
    static Issued leaf(Issued authority, List<String> domains, Instant from, Instant until) {
        try {
            KeyPair keys = keys();
            X500Name issuer = X500Name.getInstance(
                    authority.certificate().getSubjectX500Principal().getEncoded());
            JcaX509v3CertificateBuilder builder = builder(issuer, name(domains.get(0)), keys, from, until);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, names(domains));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(authority.certificate()));
            return new Issued(sign(builder, new KeyPair(keys.getPublic(), authority.key())), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("this JVM cannot make certificates: " + e.getMessage(), e);
        }
    }

    /** Whether the authority's key signed the certificate. */
    static boolean signed(Issued authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant until) {
        BigInteger serial = new BigInteger(120, RANDOM).setBit(119);
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
    }

    private static GeneralNames names(List<String> domains) {
        GeneralName[] names = new GeneralName[2 * domains.size() + 1];
        // Components have names of their own below the domain.
        names[2 * domains.size()] = new GeneralName(GeneralName.dNSName, new DERIA5String("*." + domains.get(0)));
        for (int i = 0; i < domains.size(); i++) {
            names[i] = new GeneralName(GeneralName.dNSName, new DERIA5String(domains.get(i)));
            names[domains.size() + i] = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
                DNS_SRV, new DERTaggedObject(true, 0, new DERIA5String("_xmpp-server." + domains.get(i)))
            }));
        }
        return new GeneralNames(names);
    }
}
