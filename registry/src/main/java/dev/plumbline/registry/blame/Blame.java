package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.Map;

/** Which commit made each rendered object what it is. */
public final class Blame {

    /** Mainline commits that are looked at where nobody says otherwise. */
    public static final int DEFAULT_BOUND = 1_000;

    private Blame() {}

    /**
     * The blame of every object that a head renders: {@link Interval#oldest} of the commits over which it was what it is now.
     * Whoever asks again for later heads keeps a {@link Timelines} instead.
     *
     * @param bound most mainline commits to go back; past it the answer says "at or before"
     * @throws SourceException when Git cannot be read
     */
    public static Map<ObjectKey, Interval> of(
            Repository repository, Renderer renderer, CommitId head, String path, int bound) throws SourceException {
        return new Timelines(repository, renderer).of(head, path, bound).blame();
    }
}
