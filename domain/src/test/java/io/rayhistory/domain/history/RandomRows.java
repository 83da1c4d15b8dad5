package io.rayhistory.domain.history;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Records with random values in every component, so that no component can be forgotten. */
final class RandomRows {
    private static final Set<String> MAY_BE_NULL = Set.of("deathCause", "driver", "driverExitCode", "debuggerPaused");

    private final Random random;

    RandomRows(Random random) {
        this.random = random;
    }

    <T> List<T> list(Class<T> type, int most) {
        List<T> rows = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            rows.add(type.cast(value(type, "")));
        }
        return List.copyOf(rows);
    }

    String text() {
        String[] some = {"", "a", "CPU", "é", "\ud800", "x\u0001y", "任务", "0a".repeat(28), "z".repeat(300)};
        return random.nextBoolean() ? some[random.nextInt(some.length)] : Long.toString(random.nextLong(), 36);
    }

    private Object value(Type type, String name) {
        if (MAY_BE_NULL.contains(name) && random.nextInt(3) == 0) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? values(generic.getActualTypeArguments()[0])
                    : map(generic.getActualTypeArguments()[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return row(plain);
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        } else if (plain == String.class) {
            return text();
        } else if (plain == boolean.class || plain == Boolean.class) {
            return random.nextBoolean();
        } else if (plain == int.class || plain == Integer.class) {
            return random.nextInt() >> random.nextInt(32);
        } else if (plain == long.class) {
            return random.nextLong() >> random.nextInt(64);
        } else if (plain == double.class || plain == Double.class) {
            return random.nextBoolean() ? random.nextInt(9) : random.nextGaussian();
        }
        return any(0);
    }

    private List<Object> values(Type type) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(type, ""));
        }
        return values;
    }

    private Map<String, Object> map(Type type) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.put(text(), type == Double.class ? (Object) (double) random.nextInt(100) : value(type, ""));
        }
        return values;
    }

    private Object any(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> text();
            case 1 -> random.nextLong();
            case 2 -> random.nextDouble();
            case 3 -> random.nextBoolean();
            case 4 -> List.of(any(depth + 1), any(depth + 1));
            default -> new LinkedHashMap<>(Map.of(text(), any(depth + 1)));
        };
    }

    private Object row(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = value(components[i].getGenericType(), components[i].getName());
            values[i] = types[i] == double.class && value instanceof Integer whole ? (Object) whole.doubleValue() : value;
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type.getName(), e);
        }
    }
}
