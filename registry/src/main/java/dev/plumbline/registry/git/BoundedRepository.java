package dev.plumbline.registry.git;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** A repository that takes no pack past its bounds, whatever the transport: JGit sets none of its own for a fetch. */
final class BoundedRepository extends FileRepository {

    private final FetchBounds bounds;

    BoundedRepository(BaseRepositoryBuilder<?, ?> place, FetchBounds bounds) throws IOException {
        super(place);
        this.bounds = bounds;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new Inserter(super.newObjectInserter(), bounds);
    }

    private static final class Inserter extends ObjectInserter.Filter {

        private final ObjectInserter inserter;
        private final FetchBounds bounds;

        Inserter(ObjectInserter inserter, FetchBounds bounds) {
            this.inserter = inserter;
            this.bounds = bounds;
        }

        @Override
        protected ObjectInserter delegate() {
            return inserter;
        }

        @Override
        public PackParser newPackParser(InputStream pack) throws IOException {
            PackParser parser = super.newPackParser(new BoundedPack(pack, bounds));
            parser.setMaxObjectSizeLimit(bounds.objectBytes());
            return parser;
        }
    }
}
