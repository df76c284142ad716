package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.spec.KeyReference;
import dev.plumbline.controller.spec.SignatureCheck;
import dev.plumbline.controller.spec.SourceSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.Credentials;
import dev.plumbline.registry.source.CredentialsSource;
import dev.plumbline.registry.source.Secret;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sync's Secrets and ConfigMaps hold for its repository. They are read before each exchange, so that a renewed token is used at
 * once. Keys of the Secret that {@code spec.source.secretRef} names: {@code bearerToken}; or {@code username} and
 * {@code password}; or {@code identity} and {@code known_hosts}, with {@code password} as the passphrase (the names that Flux's
 * GitRepository uses).
 */
final class SourceKeys implements CredentialsSource {

    private final ClusterReader cluster;
    private final String namespace;
    private final SourceSpec spec;

    SourceKeys(ClusterReader cluster, String namespace, SourceSpec spec) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.spec = spec;
    }

    @Override
    public Credentials credentials() throws SourceException {
        KeyReference bundle = spec.caBundle();
        String certificates = bundle == null ? null : entry(bundle);
        String name = spec.secretName();
        return name == null
                ? new Credentials(new Credentials.Login.Anonymous(), certificates)
                : new Credentials(login(name, entries("Secret", name)), certificates);
    }

    /** Whose signature is asked for; nobody's where the spec does not ask. */
    Verification verification() throws SourceException {
        SignatureCheck check = spec.verify();
        if (check == null) {
            return Verification.NONE;
        }
        String keys = String.join("\n", entries("Secret", check.secretName()).values());
        if (keys.isBlank()) {
            throw missing("Secret", check.secretName(), "it holds no keys; add allowed signers to it");
        }
        Verification.Subject subject = switch (check.mode()) {
            case COMMIT -> Verification.Subject.HEAD;
            case TAG -> Verification.Subject.TAG;
            case TAG_AND_COMMIT -> Verification.Subject.TAG_AND_HEAD;
        };
        return check.provider() == SignatureCheck.Provider.SSH
                ? new Verification(subject, keys, "")
                : new Verification(subject, "", keys);
    }

    private Credentials.Login login(String name, Map<String, String> entries) throws SourceException {
        String token = entries.get("bearerToken");
        String user = entries.get("username");
        String password = entries.get("password");
        String identity = entries.get("identity");
        String hosts = entries.get("known_hosts");
        if (token != null) {
            return new Credentials.Login.Bearer(new Secret(token.strip()));
        }
        if (identity != null && hosts != null) {
            return new Credentials.Login.SshKey(
                    new Secret(identity), password == null ? null : new Secret(password), hosts);
        }
        if (user != null && password != null) {
            return new Credentials.Login.Basic(user.strip(), new Secret(password.strip()));
        }
        throw missing(
                "Secret",
                name,
                "it needs bearerToken, or username and password, or identity and known_hosts, and holds "
                        + entries.keySet());
    }

    private String entry(KeyReference reference) throws SourceException {
        String kind = reference.kind().toString();
        String value = entries(kind, reference.name()).get(reference.key());
        if (value == null) {
            throw missing(kind, reference.name(), "it has no key " + reference.key());
        }
        return value;
    }

    private Map<String, String> entries(String kind, String name) throws SourceException {
        ObjectKey key = new ObjectKey("", kind, namespace, name);
        Map<String, @Nullable Object> object;
        try {
            object = cluster.get(key).orElse(null);
        } catch (ClusterException e) {
            throw new SourceException(
                    "the keys for " + spec.url() + " cannot be read: " + e.getMessage(), e.retryable(), e);
        }
        if (object == null) {
            throw missing(kind, name, "it is not there; create it");
        }
        boolean encoded = kind.equals("Secret");
        Map<String, String> entries = new LinkedHashMap<>();
        Tree.map(object, "data").forEach((entry, value) -> entries.put(entry, text(String.valueOf(value), encoded)));
        return entries;
    }

    private static String text(String value, boolean encoded) {
        return encoded ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8) : value;
    }

    private SourceException missing(String kind, String name, String why) {
        return new SourceException(
                kind + " " + namespace + "/" + name + " gives no keys for " + spec.url() + ": " + why, false);
    }
}
