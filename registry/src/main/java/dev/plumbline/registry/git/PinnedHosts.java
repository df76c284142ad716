package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a server may show: those of its lines in a known_hosts text, and no other. Nothing is asked and nothing is
 * learned. A revoked key is refused of every host. Lines of certificate authorities are refused when they are given, as they
 * would not be looked at.
 */
final class PinnedHosts implements ServerKeyDatabase {

    private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)]:([0-9]{1,5})");

    private static final int SSH_PORT = 22;

    private final List<Line> lines;

    private volatile @Nullable String refusal;

    private PinnedHosts(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads a known_hosts text. */
    static PinnedHosts parse(Address address, String knownHosts) throws SourceException {
        List<Line> lines = new ArrayList<>();
        try {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(new StringReader(knownHosts), true)) {
                String marker = entry.getMarker() == null ? "" : entry.getMarker();
                if (!marker.isEmpty() && !marker.equals("revoked")) {
                    throw Remote.refused(
                            address, "known hosts hold a @" + marker + " line", "give the keys of the server itself");
                }
                PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
                lines.add(new Line(entry, key, !marker.isEmpty()));
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Parsers of this library answer broken bytes with exceptions of any kind.
            throw unreadable(address);
        }
        if (lines.isEmpty()) {
            throw unreadable(address);
        }
        return new PinnedHosts(lines);
    }

    /** Why the last server was refused; null when none was. */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remote, Configuration configuration) {
        List<PublicKey> keys = new ArrayList<>();
        for (Line line : lines) {
            if (!line.revoked && line.isOf(connectAddress)) {
                keys.add(line.key);
            }
        }
        return keys;
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remote,
            PublicKey shown,
            Configuration configuration,
            CredentialsProvider provider) {
        List<PublicKey> pinned = lookup(connectAddress, remote, configuration);
        boolean revoked = lines.stream().anyMatch(line -> line.revoked && KeyUtils.compareKeys(line.key, shown));
        if (!revoked && pinned.stream().anyMatch(key -> KeyUtils.compareKeys(key, shown))) {
            return true;
        }
        String why = connectAddress + " showed the host key " + fingerprint(shown);
        if (revoked) {
            refusal = why + ", which is revoked";
        } else if (pinned.isEmpty()) {
            refusal = why + ", and no key of that host is pinned";
        } else {
            refusal = why + ", but pinned "
                    + String.join(
                            ", ", pinned.stream().map(PinnedHosts::fingerprint).toList());
        }
        return false;
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    private static SourceException unreadable(Address address) {
        return Remote.refused(
                address,
                "the known hosts hold no host key that can be read",
                "give lines as ssh-keyscan prints them, after checking them with the server's owner");
    }

    /** One line: whose key it is, and whether it must not be used any more. */
    private record Line(KnownHostEntry entry, PublicKey key, boolean revoked) {

        boolean isOf(String connectAddress) {
            Matcher form = WITH_PORT.matcher(connectAddress);
            return form.matches()
                    ? entry.isHostMatch(form.group(1), Integer.parseInt(form.group(2)))
                    : entry.isHostMatch(connectAddress, SSH_PORT);
        }
    }
}
