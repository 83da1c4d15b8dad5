package io.rayhistory.adapters.raydashboard;

import io.rayhistory.domain.HistoryException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses, such as {@code 10.0.0.0/8}. Immutable. */
final class Network {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** @throws HistoryException INVALID for anything else than address/bits */
    static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address = slash < 0 ? null : literal(text.substring(0, slash));
            int bits = slash < 0 ? -1 : Integer.parseInt(text.substring(slash + 1));
            if (address != null && bits >= 0 && bits <= address.getAddress().length * Byte.SIZE) {
                return new Network(address.getAddress(), bits);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw HistoryException.invalid("'" + text + "' is no range of addresses: expected one such as 10.0.0.0/8");
    }

    /** The address that is written there, or null: a name is none, and nothing is looked up. */
    static InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    int bits() {
        return bits;
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((bytes[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
