package dev.plumbline.registry.git;

import java.util.Arrays;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * A commit or tag taken apart.
 *
 * @param what how a message names it
 * @param content the bytes that the signature covers
 * @param signature the armored signature; null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Signed(String what, byte[] content, byte @Nullable [] signature) {

    private static final byte[] HEADER = {'g', 'p', 'g', 's', 'i', 'g'};

    /** The signature of a commit stands in a header, and covers all but that header. */
    static Signed of(RevCommit commit) {
        byte[] raw = commit.getRawBuffer();
        byte[] signature = commit.getRawGpgSignature();
        int value = RawParseUtils.headerStart(HEADER, raw, 0);
        if (signature == null || value < 0) {
            return new Signed("commit " + commit.name(), raw, null);
        }
        int from = value - HEADER.length - 1;
        int to = Math.min(RawParseUtils.nextLfSkippingSplitLines(raw, value) + 1, raw.length);
        byte[] content = Arrays.copyOf(raw, raw.length - (to - from));
        System.arraycopy(raw, to, content, from, raw.length - to);
        return new Signed("commit " + commit.name(), content, signature);
    }

    /** The signature of a tag stands at its end. */
    static Signed of(RevTag tag) {
        byte[] raw = tag.getRawBuffer();
        byte[] signature = tag.getRawGpgSignature();
        int length = raw.length - (signature == null ? 0 : signature.length);
        return new Signed("tag " + tag.getTagName(), Arrays.copyOf(raw, length), signature);
    }
}
