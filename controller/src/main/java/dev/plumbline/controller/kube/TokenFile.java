package dev.plumbline.controller.kube;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that lies in a file and is replaced there before it expires, as the kubelet does with a pod's, or as {@code tokenFile} of a
 * kubeconfig says. It is read again and again; a file that cannot be read leaves the last token in force.
 */
final class TokenFile implements OAuthTokenProvider {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    /** How long a token is used before its file is read again. Kubernetes replaces tokens minutes before they expire. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Path file;
    private @Nullable String token;
    private long readAt;

    TokenFile(Path file) {
        this.file = file;
    }

    /**
     * The file from which a configuration has its token; empty when it has none.
     *
     * @param kubeconfig the file that was named; null for this pod's or the user's own
     */
    static Optional<TokenFile> of(Config config, @Nullable Path kubeconfig) {
        File source = kubeconfig == null ? config.getFile() : kubeconfig.toFile();
        NamedContext context = config.getCurrentContext();
        if (source != null && context != null) {
            String user = Optional.ofNullable(context.getContext())
                    .map(Context::getUser)
                    .orElse("");
            return KubeConfigUtils.parseConfig(source).getUsers().stream()
                    .filter(one -> one.getName().equals(user))
                    .map(NamedAuthInfo::getUser)
                    .map(AuthInfo::getTokenFile)
                    .filter(name -> name != null && !name.isEmpty())
                    .map(name -> new TokenFile(source.toPath().resolveSibling(name)))
                    .findFirst();
        }
        TokenFile pod = new TokenFile(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
        String used = config.getAutoOAuthToken();
        return used != null && Files.isReadable(pod.file) && used.equals(pod.getToken())
                ? Optional.of(pod)
                : Optional.empty();
    }

    @Override
    public synchronized @Nullable String getToken() {
        if (token == null || System.nanoTime() - readAt > FRESH.toNanos()) {
            try {
                token = Files.readString(file).strip();
            } catch (IOException e) {
                LOG.warn("the token in {} cannot be read, the last one is used: {}", file, e.toString());
            }
            readAt = System.nanoTime();
        }
        return token;
    }
}
