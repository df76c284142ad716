package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
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
    private final Seen seen;
    private final GitRepository repository;
    private final @Nullable LocalRefs local;
    private final ReentrantLock polling = new ReentrantLock();

    private @Nullable Advertised last;
    private Refs lastRefs = new Refs(Map.of(), "");

    private GitSource(Address address, Mirror mirror) {
        this.address = address;
        this.mirror = mirror;
        this.seen = new Seen(mirror.repository());
        this.repository = new GitRepository(mirror.repository(), address);
        this.local = address.local() == null ? null : new LocalRefs(address, address.local());
    }

    /**
     * Opens the mirror of a repository; the repository itself is not asked yet.
     *
     * @param url {@code https://} URL, {@code file://} URL or absolute path
     * @param mirrorFolder folder of this mirror alone, see {@link #mirrorName}; made when it is missing
     * @throws SourceException when the address is not allowed, or the folder cannot be used or mirrors another address
     */
    public static GitSource open(String url, Path mirrorFolder) throws SourceException {
        return open(Address.parse(url, Address.Allowed.SAFE), mirrorFolder);
    }

    static GitSource open(Address address, Path mirrorFolder) throws SourceException {
        return new GitSource(address, Mirror.open(mirrorFolder, address));
    }

    /**
     * A folder name for the mirror of a repository, the same for every spelling of its credentials.
     *
     * @throws SourceException when the address is not allowed
     */
    public static String mirrorName(String url) throws SourceException {
        String shown = Address.parse(url, Address.Allowed.SAFE).shown();
        return Digest.of(shown).hex().substring(0, NAME_DIGITS) + ".git";
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
        // The local transport would take the interrupt of a cancelled caller for its own, and lose it.
        boolean interrupted = Thread.interrupted();
        polling.lock();
        try {
            Advertised now = ask();
            return now.equals(last) ? lastRefs : follow(now);
        } finally {
            polling.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
            follow(ask());
            return GitRevert.remote(mirror.repository(), address, order, Objects.requireNonNull(last));
        } finally {
            polling.unlock();
        }
    }

    /** Closes the mirror; what was read from it before stays valid, but nothing more can be read. */
    @Override
    public void close() throws IOException {
        polling.lock();
        try {
            if (local != null) {
                local.close();
            }
            mirror.close();
        } finally {
            polling.unlock();
        }
    }

    private Refs follow(Advertised first) throws SourceException {
        Advertised now = first;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            fetch(now);
            Map<String, CommitId> commits = keep(now);
            if (commits != null) {
                lastRefs = new Refs(commits, now.head());
                last = now;
                return lastRefs;
            }
            now = ask();
        }
        throw new SourceException(
                "tried to fetch " + address.shown() + ", failed because its branches moved " + ATTEMPTS
                        + " times meanwhile; it is tried again",
                true);
    }

    private Advertised ask() throws SourceException {
        return local == null ? list() : local.read();
    }

    private Advertised list() throws SourceException {
        try (Transport transport = transport();
                FetchConnection connection = transport.openFetch()) {
            return advertised(connection.getRefs());
        } catch (NotSupportedException | TransportException e) {
            throw Failures.exchange(address, e);
        }
    }

    /** Fetches what is not here yet, without moving any ref of the mirror. */
    private void fetch(Advertised now) throws SourceException {
        List<RefSpec> wanted = new ArrayList<>();
        try {
            Set<ObjectId> kept = seen.kept();
            now.tips().forEach((name, tip) -> {
                if (!kept.contains(tip)) {
                    wanted.add(new RefSpec(name));
                }
            });
        } catch (IOException e) {
            throw Failures.mirror("look for known commits", address, e);
        }
        if (wanted.isEmpty()) {
            return;
        }
        Patience patience = new Patience();
        try (Transport transport = transport()) {
            transport.fetch(patience, wanted);
        } catch (NotSupportedException | TransportException e) {
            String exhausted = patience.exhausted();
            if (exhausted != null) {
                throw new SourceException(
                        "tried to fetch " + address.shown() + ", gave up because " + exhausted
                                + "; use a smaller repository or a local clone",
                        false);
            }
            throw Failures.exchange(address, e);
        }
    }

    private Transport transport() throws NotSupportedException, TransportException {
        Transport transport = Transport.open(mirror.repository(), address.uri());
        transport.setTimeout(Patience.SILENCE_SECONDS);
        transport.setCheckFetchedObjects(true);
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setCredentialsProvider(address.credentials());
        return transport;
    }

    private Advertised advertised(Collection<Ref> refs) throws SourceException {
        Map<String, ObjectId> tips = new HashMap<>();
        String head = "";
        for (Ref ref : refs) {
            ObjectId id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
            boolean branchOrTag =
                    ref.getName().startsWith(Constants.R_HEADS) || ref.getName().startsWith(Constants.R_TAGS);
            if (ref.getName().equals(Constants.HEAD) && ref.isSymbolic()) {
                head = ref.getTarget().getName();
            } else if (branchOrTag && id != null) {
                tips.put(ref.getName(), id);
            }
        }
        return Advertised.of(tips, head, address);
    }

    /** Keeps all tips that are commits (a tag may name anything); null when one of them did not come. */
    private @Nullable Map<String, CommitId> keep(Advertised now) throws SourceException {
        Map<String, CommitId> commits = HashMap.newHashMap(now.tips().size());
        Set<ObjectId> tips = new HashSet<>();
        try (ObjectReader reader = mirror.repository().newObjectReader()) {
            for (Map.Entry<String, ObjectId> tip : now.tips().entrySet()) {
                if (reader.open(tip.getValue()).getType() == Constants.OBJ_COMMIT) {
                    commits.put(tip.getKey(), new CommitId(tip.getValue().name()));
                    tips.add(tip.getValue().copy());
                }
            }
            seen.keep(tips);
            return commits;
        } catch (MissingObjectException e) {
            return null;
        } catch (IOException e) {
            throw Failures.mirror("keep the fetched commits", address, e);
        }
    }
}
