package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.Program;
import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.answers.AskedSync;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.registry.evidence.CopyMark;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code plumbline controller}: waits until it leads, and then serves the syncs of the cluster until it does not. */
public final class Operator implements AutoCloseable {

    /** The Lease that programs of one installation share. */
    public static final String LEASE = "plumbline-controller";

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    private final OperatorOptions options;
    private final KubeCluster cluster;
    private final String clusterId;
    private final Stores stores;
    private final Persons persons;
    private final Metrics metrics = new Metrics(Program.VERSION);
    private final InstantSource clock = InstantSource.system();
    private final LeaderElection election;
    private final OperatorServer server;
    private final AtomicReference<@Nullable Term> term = new AtomicReference<>();

    private Operator(OperatorOptions options, KubeCluster cluster)
            throws ClusterException, StoreException, StartException {
        this.options = options;
        this.cluster = cluster;
        this.clusterId = cluster.clusterId();
        this.stores = CopyMark.use(OperatorStore.open(options.store()));
        this.persons = new Persons(stores.refs(), "persons", Salt.ensure(stores));
        ObjectKey lease = new ObjectKey("coordination.k8s.io", "Lease", options.namespace(), LEASE);
        LeaderElection.Timing timing = LeaderElection.Timing.of(options.lease());
        KubeCluster apart = cluster.apart();
        KubeCluster timely = apart.within(timing.patience());
        this.election = new LeaderElection(timely, timely, lease, options.identity(), timing, clock, new Leading());
        Questions questions = new Questions(new Callers(apart, clock), this::asked);
        this.server = OperatorServer.start(options, metrics, this::ready, questions);
    }

    /**
     * Starts it and returns.
     *
     * @throws StartException when the cluster or the store cannot be used; nothing is left running then
     */
    public static Operator start(OperatorOptions options) throws StartException {
        KubeCluster cluster;
        try {
            cluster = KubeCluster.open(options.kubeconfig(), options.context(), InstantSource.system());
        } catch (ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
        try {
            Operator operator = new Operator(options, cluster);
            operator.election.start();
            return operator;
        } catch (ClusterException | StoreException e) {
            cluster.close();
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (StartException e) {
            cluster.close();
            throw e;
        }
    }

    /** The port of its HTTP. */
    public int port() {
        return server.port();
    }

    /** Whether it leads now. */
    public boolean leads() {
        return term.get() != null;
    }

    /** Questions about the runs of a sync; empty while this program does not lead, or does not run it. */
    public Optional<RunQueries> queries(SyncId sync) {
        Term now = term.get();
        return now == null ? Optional.empty() : now.queries(sync);
    }

    /**
     * Times in which runs of this cluster were not watched, oldest first; none while this program does not lead.
     *
     * @param from number of the first one, from 1
     * @throws StoreException when they cannot be read
     */
    public List<UnseenWindow> unseen(long from, int limit) throws StoreException {
        Term now = term.get();
        return now == null ? List.of() : now.unseen(from, limit);
    }

    /** Finishes what has begun, gives the lease back, and ends. */
    @Override
    public void close() {
        election.close();
        server.close();
        cluster.close();
        LineageSink lineage = options.lineage();
        if (lineage != null) {
            lineage.close(); // One term after the other used it.
        }
    }

    /** Why it is not ready; empty when it serves as the leader, or may become it. */
    private String ready() {
        Term now = term.get();
        return now == null ? election.trouble() : now.trouble();
    }

    /** A sync that questions are about, when this program serves it. */
    private AskedSync asked(SyncId id) throws ApiException {
        Term now = term.get();
        if (now == null) {
            String holder = election.holder();
            throw new ApiException(
                    503,
                    "this program is not the leader; "
                            + (holder.isEmpty() ? "nobody is at present" : holder + " is")
                            + "; try again");
        }
        return now.asked(id)
                .orElseThrow(() -> ApiException.notFound("the sync " + id
                        + " does not run here; its status says why: kubectl -n " + id.namespace()
                        + " get pipelinesync " + id.name()));
    }

    /** Begins and ends terms. */
    private final class Leading implements LeaderElection.Listener {

        @Override
        public boolean leads(long transitions) {
            try {
                long number = TermNumbers.next(stores, clusterId, transitions + 1);
                Term next = new Term(options, clusterId, cluster, stores, persons, metrics, clock, number);
                LOG.info("this program leads (term {})", number);
                term.set(next);
                next.start();
                return true;
            } catch (StoreException | ClusterException e) {
                trouble("it cannot lead, because its term cannot be recorded: " + e.getMessage());
                return false;
            }
        }

        @Override
        public void stops(String why, boolean inOrder) {
            LOG.info("this program leads no more: {}", why);
            Term last = term.getAndSet(null);
            if (last != null && inOrder) {
                last.close();
            } else if (last != null) {
                last.abandon();
            }
        }

        @Override
        public void trouble(String what) {
            LOG.warn("{}", what);
        }
    }
}
