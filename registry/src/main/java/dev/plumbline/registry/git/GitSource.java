package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository on the web or on this machine, mirrored in a folder. Asking costs one listing of branches; only a change
 * is fetched. Every commit that was ever fetched stays. Safe for use by many threads.
 */
public final class GitSource implements Source, AutoCloseable {

    /** How often a poll asks again when branches were forced away while it fetched them. */
    private static final int ATTEMPTS = 3;

    private static final int NAME_DIGITS = 16;

    private final Address address;
    private final Mirror mirror;
    private final Fetcher fetcher;
    private final GitRepository repository;
    private final Signatures signatures;
    private final ReentrantLock polling = new ReentrantLock();

    private @Nullable Advertised last;
    private Refs lastRefs = new Refs(Map.of(), "");

    /** Where names led when they were followed last: what has not moved costs no look at the mirror. */
    private final Map<String, Tip> followed = new HashMap<>();

    private GitSource(Address address, Mirror mirror, Remote remote) {
        this.address = address;
        this.mirror = mirror;
        this.fetcher = new Fetcher(remote, mirror.repository());
        this.repository = new GitRepository(mirror.repository(), address);
        this.signatures = new Signatures(mirror.repository(), address);
    }

    /**
     * Opens the mirror of a repository that the operator names on this machine; the repository itself is not asked yet.
     *
     * @param url {@code https://} URL, {@code file://} URL or absolute path
     * @param mirrorFolder folder of this mirror alone, see {@link #mirrorName(String)}; made when it is missing
     * @throws SourceException when the address is not allowed, or the folder cannot be used or mirrors another address
     */
    public static GitSource open(String url, Path mirrorFolder) throws SourceException {
        return open(Address.parse(url, Address.Allowed.SAFE), mirrorFolder);
    }

    /**
     * Opens the mirror of a repository that may be private; the repository itself is not asked yet.
     *
     * @param url {@code https://} or {@code ssh://} URL, {@code user@host:path}, or what {@link Access#localPaths} allows
     * @param mirrorFolder folder of this mirror alone, see {@link #mirrorName(String, String)}; made when it is missing
     * @throws SourceException when the address is not allowed, or the folder cannot be used or mirrors another address
     */
    public static GitSource open(String url, Access access, Path mirrorFolder) throws SourceException {
        return open(Address.parse(url, allowed(access.localPaths())), access, mirrorFolder, FetchBounds.USUAL);
    }

    static GitSource open(Address address, Path mirrorFolder) throws SourceException {
        return open(address, Access.OWN, mirrorFolder, FetchBounds.USUAL);
    }

    static GitSource open(Address address, Access access, Path mirrorFolder, FetchBounds bounds)
            throws SourceException {
        return new GitSource(
                address, Mirror.open(mirrorFolder, address, bounds), new Remote(address, access.credentials()));
    }

    private static Address.Allowed allowed(boolean localPaths) {
        return localPaths ? Address.Allowed.REMOTE_AND_LOCAL : Address.Allowed.REMOTE;
    }

    /**
     * A folder name for the mirror of a repository, the same for every spelling of its credentials.
     *
     * @throws SourceException when the address is not allowed
     */
    public static String mirrorName(String url) throws SourceException {
        return mirrorName(url, "");
    }

    /**
     * A folder name for the mirror of a repository as it is seen with certain credentials. What one party may read is never
     * read from the mirror of another.
     *
     * @param identity what names the credentials, such as the namespace and name of their Secret; it must stay the same when
     *     they are renewed; empty for none
     * @throws SourceException when the address is not allowed
     */
    public static String mirrorName(String url, String identity) throws SourceException {
        String shown = Address.parse(url, allowed(true)).shown();
        String named = identity.isEmpty() ? shown : shown + "\n" + identity;
        return Digest.of(named).hex().substring(0, NAME_DIGITS) + ".git";
    }

    @Override
    public String url() {
        return address.shown();
    }

    @Override
    public Repository repository() {
        return repository;
    }

    @Override
    public Refs poll() throws SourceException {
        return polling(() -> {
            Advertised now = fetcher.ask();
            return now.equals(last) ? lastRefs : follow(now);
        });
    }

    @Override
    public Tip poll(Ref ref) throws SourceException {
        return polling(() -> ref instanceof Ref.Pinned pinned ? pinned(pinned) : named(ref));
    }

    @Override
    public List<String> verify(Tip tip, Verification verification) throws SourceException {
        return signatures.verify(tip, verification);
    }

    /**
     * Makes a commit that undoes another one: in a local repository with its work tree, then pushed where that has a remote;
     * in a remote one by a push from the mirror.
     *
     * @throws SourceException when the commit is not in the branch, the revert conflicts with later commits or changes nothing,
     *     the work tree is not clean, the branch was moved, or a remote repository refuses the push
     */
    public GitRevert.Made revert(RevertOrder order) throws SourceException {
        Path path = address.local();
        if (path != null) {
            return GitRevert.local(path, order);
        }
        polling.lock();
        try {
            follow(fetcher.ask());
            return GitRevert.remote(mirror.repository(), fetcher.remote(), order, Objects.requireNonNull(last));
        } finally {
            polling.unlock();
        }
    }

    /** Closes the mirror; what was read from it before stays valid, but nothing more can be read. */
    @Override
    public void close() throws IOException {
        polling.lock();
        try {
            fetcher.close();
            mirror.close();
        } finally {
            polling.unlock();
        }
    }

    /** One poll at a time. */
    private <T> T polling(Poll<T> poll) throws SourceException {
        // The local transport would take the interrupt of a cancelled caller for its own, and lose it.
        boolean interrupted = Thread.interrupted();
        polling.lock();
        try {
            return poll.run();
        } finally {
            polling.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Refs follow(Advertised first) throws SourceException {
        Advertised now = first;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            fetcher.fetch(now, now.tips().keySet());
            Map<String, CommitId> commits = fetcher.keep(now.tips());
            if (commits != null) {
                lastRefs = new Refs(commits, now.head());
                last = now;
                return lastRefs;
            }
            now = fetcher.ask();
        }
        throw moved();
    }

    private Tip named(Ref ref) throws SourceException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Advertised now = fetcher.ask();
            String name = now.follow(ref, address);
            Tip known = followed.get(name);
            if (known != null && known.object().equals(now.named(name).name())) {
                return known;
            }
            fetcher.fetch(now, Set.of(name));
            Map<String, CommitId> kept =
                    fetcher.keep(Map.of(name, Objects.requireNonNull(now.tips().get(name))));
            if (kept != null) {
                CommitId commit = kept.get(name);
                if (commit == null) {
                    throw new SourceException(
                            "tried to follow " + ref + " of " + address.shown()
                                    + ", failed because it names no commit; name another one",
                            false);
                }
                Tip tip = new Tip(commit, name, now.named(name).name());
                followed.put(name, tip);
                return tip;
            }
        }
        throw moved();
    }

    /** A server may refuse to send what no branch or tag names; then it is looked for in what they reach. */
    private Tip pinned(Ref.Pinned ref) throws SourceException {
        CommitId id = ref.id();
        if (!fetcher.fetchExactly(id)) {
            follow(fetcher.ask());
            if (repository.commit(id).isEmpty()) {
                throw new SourceException(
                        "tried to find " + ref + " in " + address.shown()
                                + ", failed because no branch or tag reaches it and it is not given out by its id;"
                                + " check the id",
                        false);
            }
        }
        return new Tip(id, "", id.hex());
    }

    private SourceException moved() {
        return new SourceException(
                "tried to fetch " + address.shown() + ", failed because its branches moved " + ATTEMPTS
                        + " times meanwhile; it is tried again",
                true);
    }

    /** One poll. */
    @FunctionalInterface
    private interface Poll<T> {
        T run() throws SourceException;
    }
}
