package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Asks a repository for its names, and brings what is new of them into the mirror. Not for many threads at once. */
final class Fetcher implements AutoCloseable {

    private final Remote remote;
    private final Address address;
    private final Repository mirror;
    private final Seen seen;
    private final @Nullable LocalRefs local;

    Fetcher(Remote remote, Repository mirror) {
        this.remote = remote;
        this.address = remote.address();
        this.mirror = mirror;
        this.seen = new Seen(mirror);
        this.local = address.local() == null ? null : new LocalRefs(address, address.local());
    }

    Remote remote() {
        return remote;
    }

    @Override
    public void close() {
        if (local != null) {
            local.close();
        }
    }

    /** What the repository says of its branches and tags now. */
    Advertised ask() throws SourceException {
        return local != null ? local.read() : remote.exchange("read", mirror, this::list);
    }

    private Advertised list(Transport transport) throws IOException, SourceException {
        try (FetchConnection connection = transport.openFetch()) {
            if (!(connection instanceof BasePackFetchConnection)) {
                throw new SourceException(
                        "tried to read " + address.shown()
                                + ", refused because it only serves the files of a repository;"
                                + " use a server that speaks Git's own protocol",
                        false);
            }
            return advertised(connection.getRefs());
        }
    }

    /** Fetches what is not here yet of some names, without moving any ref of the mirror. */
    void fetch(Advertised now, Collection<String> names) throws SourceException {
        List<RefSpec> wanted = new ArrayList<>();
        try (ObjectReader reader = mirror.newObjectReader()) {
            Set<ObjectId> kept = seen.kept();
            for (String name : names) {
                ObjectId tag = now.tags().get(name);
                if (!kept.contains(now.tips().get(name)) || (tag != null && !reader.has(tag))) {
                    wanted.add(new RefSpec(name));
                }
            }
        } catch (IOException e) {
            throw Failures.mirror("look for known commits", address, e);
        }
        if (!wanted.isEmpty()) {
            remote.exchange("read", mirror, transport -> fetch(transport, wanted));
        }
    }

    /**
     * Fetches one commit by its id.
     *
     * @return whether it is here now, and kept; false when the repository does not give it out by its id
     */
    boolean fetchExactly(CommitId id) throws SourceException {
        if (id.hex().length() != Constants.OBJECT_ID_STRING_LENGTH) {
            return false;
        }
        ObjectId commit = ObjectId.fromString(id.hex());
        try {
            return seen.reaches(commit) || (given(commit) && keep(Map.of("", commit)) != null);
        } catch (IOException e) {
            throw Failures.mirror("look for commit " + id, address, e);
        }
    }

    private boolean given(ObjectId commit) throws IOException, SourceException {
        if (local != null && !local.has(commit)) {
            return false;
        }
        return remote.exchange("read", mirror, transport -> {
            try {
                return fetch(transport, List.of(new RefSpec(commit.name())));
            } catch (TransportException e) {
                // What is behind it shows when the branches are asked for next.
                return false;
            }
        });
    }

    private boolean fetch(Transport transport, List<RefSpec> wanted) throws IOException, SourceException {
        Patience patience = new Patience();
        try {
            transport.fetch(patience, wanted);
            return true;
        } catch (TransportException e) {
            String exhausted = patience.exhausted();
            if (exhausted != null) {
                throw new SourceException(
                        "tried to fetch " + address.shown() + ", gave up because " + exhausted
                                + "; use a smaller repository or a local clone",
                        false);
            }
            throw e;
        }
    }

    private Advertised advertised(Collection<Ref> refs) throws SourceException {
        Map<String, ObjectId> tips = new HashMap<>();
        Map<String, ObjectId> tags = new HashMap<>();
        String head = "";
        for (Ref ref : refs) {
            ObjectId id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
            boolean branchOrTag =
                    ref.getName().startsWith(Constants.R_HEADS) || ref.getName().startsWith(Constants.R_TAGS);
            if (ref.getName().equals(Constants.HEAD) && ref.isSymbolic()) {
                head = ref.getTarget().getName();
            } else if (branchOrTag && id != null) {
                tips.put(ref.getName(), id);
                if (ref.getPeeledObjectId() != null && ref.getObjectId() != null) {
                    tags.put(ref.getName(), ref.getObjectId());
                }
            }
        }
        return Advertised.of(tips, tags, head, address);
    }

    /** Keeps all of these that are commits (a tag may name anything); null when one of them did not come. */
    @Nullable
    Map<String, CommitId> keep(Map<String, ObjectId> named) throws SourceException {
        Map<String, CommitId> commits = HashMap.newHashMap(named.size());
        Set<ObjectId> tips = new HashSet<>();
        try (ObjectReader reader = mirror.newObjectReader()) {
            for (Map.Entry<String, ObjectId> tip : named.entrySet()) {
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
