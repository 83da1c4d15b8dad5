package io.rayhistory.domain.event;

/**
 * What a task runs. {@code language} is {@code PYTHON}, {@code JAVA}, {@code CPP} or {@code ""} (a driver).
 */
public record FunctionDescriptor(String language, String className, String functionName) {

    public static final FunctionDescriptor NONE = new FunctionDescriptor("", "", "");

    /** Ray's {@code func_or_class_name} (Ray: {@code src/ray/common/function_descriptor.h}, CallString). */
    public String callName() {
        switch (language) {
            case "PYTHON":
                String function = afterLastDot(functionName);
                return className.isEmpty() ? function : afterLastDot(className) + "." + function;
            case "JAVA":
                return className + "." + functionName;
            default:
                return functionName;
        }
    }

    private static String afterLastDot(String text) {
        return text.substring(text.lastIndexOf('.') + 1);
    }
}
