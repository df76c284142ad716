package dev.plumbline.registry.cel;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An IP address without a zone; four addresses inside six are refused, as Kubernetes does.
 *
 * @param bytes four or sixteen, as whole numbers from 0 to 255
 */
record IpAddress(List<Integer> bytes) {

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int GROUPS = 8;
    private static final int MAX_TEXT = 64;

    /** Keeps its own copy. */
    IpAddress {
        bytes = List.copyOf(bytes);
    }

    static void addTo(FunctionTable table) {
        table.global("string_to_ip", "ip", Types.IP_TYPE, Types.STRING, IpAddress::of);
        table.global("is_ip", "isIP", SimpleType.BOOL, Types.STRING, text -> parse(text) != null);
        table.global(
                "ip_is_canonical",
                "ip.isCanonical",
                SimpleType.BOOL,
                Types.STRING,
                text -> of(text).toString().equals(text));
        table.global("ip_to_string", "string", SimpleType.STRING, Types.IP, IpAddress::toString);
        table.member("ip_family", "family", SimpleType.INT, Types.IP, ip -> ip.isV4() ? 4L : 6L);
        table.member("ip_is_unspecified", "isUnspecified", SimpleType.BOOL, Types.IP, IpAddress::isUnspecified);
        table.member("ip_is_loopback", "isLoopback", SimpleType.BOOL, Types.IP, IpAddress::isLoopback);
        table.member(
                "ip_is_link_local_multicast",
                "isLinkLocalMulticast",
                SimpleType.BOOL,
                Types.IP,
                IpAddress::isLinkLocalMulticast);
        table.member(
                "ip_is_link_local_unicast",
                "isLinkLocalUnicast",
                SimpleType.BOOL,
                Types.IP,
                IpAddress::isLinkLocalUnicast);
        table.member("ip_is_global_unicast", "isGlobalUnicast", SimpleType.BOOL, Types.IP, IpAddress::isGlobalUnicast);
    }

    static IpAddress of(String text) throws CelEvaluationException {
        IpAddress address = parse(text);
        if (address == null) {
            throw new CelEvaluationException("IP Address \"" + text + "\" parse error during conversion from string");
        }
        return address;
    }

    static @Nullable IpAddress parse(String text) {
        if (text.length() > MAX_TEXT) {
            return null;
        }
        List<Integer> bytes = text.indexOf(':') < 0 ? v4(text) : v6(text);
        if (bytes == null) {
            return null;
        }
        IpAddress address = new IpAddress(bytes);
        boolean mapped = bytes.size() == V6
                && bytes.subList(0, 10).stream().allMatch(b -> b == 0)
                && bytes.get(10) == 255
                && bytes.get(11) == 255;
        return mapped ? null : address;
    }

    private static @Nullable List<Integer> v4(String text) {
        List<Integer> bytes = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                return null;
            }
            bytes.add(Integer.parseInt(part));
        }
        return bytes.size() == V4 ? bytes : null;
    }

    private static @Nullable List<Integer> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> all = groups(text, true);
            return all != null && all.size() == V6 ? all : null;
        }
        List<Integer> head = gap == 0 ? List.of() : groups(text.substring(0, gap), false);
        String after = text.substring(gap + 2);
        List<Integer> tail = after.isEmpty() ? List.of() : groups(after, true);
        if (head == null || tail == null || head.size() + tail.size() > V6 - 2) {
            return null;
        }
        List<Integer> bytes = new ArrayList<>(head);
        bytes.addAll(Collections.nCopies(V6 - head.size() - tail.size(), 0));
        bytes.addAll(tail);
        return bytes;
    }

    private static @Nullable List<Integer> groups(String text, boolean last) {
        List<Integer> bytes = new ArrayList<>();
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (last && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                List<Integer> four = v4(parts[i]);
                if (four == null) {
                    return null;
                }
                bytes.addAll(four);
            } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                int group = Integer.parseInt(parts[i], 16);
                bytes.add(group >> 8);
                bytes.add(group & 255);
            } else {
                return null;
            }
        }
        return bytes;
    }

    boolean isV4() {
        return bytes.size() == V4;
    }

    private boolean isUnspecified() {
        return bytes.stream().allMatch(b -> b == 0);
    }

    private boolean isLoopback() {
        return isV4()
                ? bytes.getFirst() == 127
                : bytes.getLast() == 1 && bytes.subList(0, V6 - 1).stream().allMatch(b -> b == 0);
    }

    private boolean isMulticast() {
        return isV4() ? (bytes.getFirst() & 0xf0) == 0xe0 : bytes.getFirst() == 0xff;
    }

    private boolean isLinkLocalMulticast() {
        return isV4()
                ? bytes.subList(0, 3).equals(List.of(224, 0, 0))
                : bytes.getFirst() == 0xff && (bytes.get(1) & 0x0f) == 2;
    }

    private boolean isLinkLocalUnicast() {
        return isV4()
                ? bytes.subList(0, 2).equals(List.of(169, 254))
                : bytes.getFirst() == 0xfe && (bytes.get(1) & 0xc0) == 0x80;
    }

    private boolean isGlobalUnicast() {
        boolean broadcast = isV4() && bytes.stream().allMatch(b -> b == 255);
        return !isUnspecified() && !broadcast && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /** The canonical form (RFC 5952). */
    @Override
    public String toString() {
        if (isV4()) {
            return bytes.stream().map(String::valueOf).collect(Collectors.joining("."));
        }
        int[] groups = new int[GROUPS];
        Arrays.setAll(groups, i -> (bytes.get(2 * i) << 8) | bytes.get(2 * i + 1));
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (next < GROUPS) {
            if (next == start) {
                text.append("::");
                next += length;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(groups[next]));
                next++;
            }
        }
        return text.toString();
    }
}
