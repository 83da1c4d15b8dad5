package io.rayhistory.adapters.json;

/** Protobuf's field names: {@code labelSelector} in JSON is {@code label_selector} in the message. */
final class SnakeCase {
    private SnakeCase() {
    }

    static String of(String camelCase) {
        StringBuilder snake = null;
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            if (upper && snake == null) {
                snake = new StringBuilder(camelCase.length() + 4).append(camelCase, 0, i);
            }
            if (upper) {
                snake.append('_').append((char) (c | 32));
            } else if (snake != null) {
                snake.append(c);
            }
        }
        return snake == null ? camelCase : snake.toString();
    }
}
