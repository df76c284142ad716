package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.spec.GitRef;
import dev.plumbline.controller.spec.SourceSpec;
import dev.plumbline.registry.git.Access;
import dev.plumbline.registry.git.GitSource;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.VersionRange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Opens repositories with Git: one mirror per address and credentials, whatever the number of refs that are followed in it. */
final class GitSources implements SourcePool.Opener {

    private final OperatorOptions options;
    private final ClusterReader cluster;
    private final Map<String, Mirror> mirrors = new HashMap<>();

    GitSources(OperatorOptions options, ClusterReader cluster) {
        this.options = options;
        this.cluster = cluster;
    }

    @Override
    public synchronized OpenSource open(FollowedRef followed) throws SourceException {
        SourceSpec spec = followed.source();
        SourceKeys keys = new SourceKeys(cluster, followed.namespace(), spec);
        Ref ref = ref(spec.ref());
        String name = GitSource.mirrorName(spec.url(), followed.identity());
        Mirror mirror = mirrors.get(name);
        if (mirror == null) {
            Access access = new Access(keys, options.allowances().localRepositories());
            mirror = new Mirror(
                    name, GitSource.open(spec.url(), access, options.mirrors().resolve(name)));
            mirrors.put(name, mirror);
        }
        mirror.users++;
        return new Followed(mirror, ref, keys);
    }

    private synchronized void leave(Mirror mirror) throws IOException {
        if (--mirror.users == 0) {
            mirrors.remove(mirror.name);
            mirror.source.close();
        }
    }

    private static Ref ref(GitRef ref) throws SourceException {
        return switch (ref.kind()) {
            case DEFAULT -> new Ref.RepositoryDefault();
            case BRANCH -> new Ref.Branch(ref.value());
            case TAG -> new Ref.Tag(ref.value());
            case SEMVER -> new Ref.Newest(VersionRange.parse(ref.value()));
            case COMMIT -> new Ref.Pinned(new CommitId(ref.value()));
        };
    }

    /** A mirror and how many follow something in it. */
    private static final class Mirror {

        private final String name;
        private final GitSource source;
        private int users;

        Mirror(String name, GitSource source) {
            this.name = name;
            this.source = source;
        }
    }

    /** One ref of a mirror. */
    private final class Followed implements OpenSource {

        private final Mirror mirror;
        private final Ref ref;
        private final SourceKeys keys;

        Followed(Mirror mirror, Ref ref, SourceKeys keys) {
            this.mirror = mirror;
            this.ref = ref;
            this.keys = keys;
        }

        @Override
        public String url() {
            return mirror.source.url();
        }

        @Override
        public Repository repository() {
            return mirror.source.repository();
        }

        @Override
        public CommitId look() throws SourceException {
            Source source = mirror.source;
            Tip tip = source.poll(ref);
            var _ = source.verify(tip, keys.verification());
            return tip.commit();
        }

        @Override
        public void close() throws IOException {
            leave(mirror);
        }
    }
}
