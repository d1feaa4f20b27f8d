using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>
/// Puts the error answers of Xen Orchestra into words that say what happened and what to do next. Its bodies are
/// <c>{error: text or {field: {message}}, data?, info?}</c>; <c>data</c> is shown only where it is known to be short and harmless.
/// </summary>
internal static partial class XenOrchestraErrors
{
    private const string TooFast = "too fast authentication tries";

    /// <param name="status">The HTTP status, 400 or above.</param>
    /// <param name="body">The body as it came; need not be JSON.</param>
    /// <param name="withToken">Whether the gateway sent a token rather than a user and a password.</param>
    public static string Read(int status, ReadOnlyMemory<byte> body, bool withToken)
    {
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } answer)
        {
            return status == 404
                ? "XO API error (404 Not Found): this Xen Orchestra does not have this operation. It may be older than its description; reload it, or update Xen Orchestra."
                : Prefixed(status, "the answer is not JSON; a proxy in between may have sent it.");
        }

        var error = answer.TryGetProperty("error", out var value) ? value : default;
        var text = error.ValueKind == JsonValueKind.String ? error.GetString()! : "";
        if (status == 401 || text == TooFast)
        {
            return Authentication(withToken, text == TooFast);
        }

        return error.ValueKind == JsonValueKind.Object
            ? Prefixed(status, Fields(error))
            : Prefixed(status, Explain(status, text, answer));
    }

    /// <summary>The same words for a failure that a task reports: <c>{code, params, message}</c>.</summary>
    public static string ReadTask(JsonElement result)
    {
        var text = result.ValueKind switch
        {
            JsonValueKind.Object when result.TryGetProperty("message", out var message) => message.ToString(),
            JsonValueKind.String => result.GetString()!,
            _ => "it does not say why",
        };
        return Explain(null, text, result);
    }

    /// <summary>The text without references that mean nothing outside the hypervisor.</summary>
    public static string WithoutReferences(string text) => Reference().Replace(text, "(the object)");

    private static string Authentication(bool withToken, bool tooFast)
    {
        var check = withToken
            ? "check XO_TOKEN — the token may have expired or been revoked."
            : "check XO_USERNAME and XO_PASSWORD.";
        return $"Authentication failed: {check}" + (tooFast ? " Xen Orchestra refuses further tries for two seconds after a wrong one." : "");
    }

    private static string Prefixed(int status, string text) => $"XO API error ({status} {(HttpStatusCode)status}): {text}";

    // {"body.name": {"message": "'name' is required", "value": …}}
    private static string Fields(JsonElement error)
    {
        var fields = error.EnumerateObject().Select(static field =>
            $"{field.Name}: {(field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("message", out var message) ? message.ToString() : "is wrong")}");
        return $"the platform refused the arguments: {string.Join("; ", fields.Take(10))}. describe_operation shows what it takes.";
    }

    private static string Explain(int? status, string text, JsonElement answer)
    {
        if (PowerState().Match(text) is { Success: true } state)
        {
            return $"the VM is {state.Groups["actual"].Value}, but this needs it {state.Groups["expected"].Value} (VM_BAD_POWER_STATE).";
        }

        var clean = WithoutReferences(text);
        return status switch
        {
            403 => clean + MissingPrivileges(answer),
            404 => $"{clean}. Check the id, and that it belongs to this kind of object: the id of a VM is not found among hosts or snapshots.",
            409 => clean + State(answer),
            _ when text.StartsWith("VM_LACKS_FEATURE", StringComparison.Ordinal) =>
                $"{clean}. The guest has no tools that answer; use the hard variant, or install the guest tools.",
            _ when text.StartsWith("OPERATION_BLOCKED", StringComparison.Ordinal) =>
                $"{clean}. The operation is blocked on the object; its field blockedOperations says which.",
            _ => clean,
        };
    }

    private static string MissingPrivileges(JsonElement answer)
    {
        if (!answer.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("missingPrivileges", out var missing)
            || missing.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        var words = missing.EnumerateArray().Take(5).Select(static privilege =>
            $"'{Text(privilege, "action")}' on {Text(privilege, "resource")} {Text(privilege, "objectId")}".TrimEnd());
        return $": the user of the gateway lacks {string.Join(", ", words)}. An administrator of Xen Orchestra can grant it.";
    }

    private static string State(JsonElement answer) =>
        answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("expected", out var expected)
            ? $": {Text(data, "property")} is {Text(data, "actual")}, but must be {expected}."
            : "";

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value.ToString() : "";

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^VM_BAD_POWER_STATE\([^,]*,\s*(?<expected>\w+)[^,]*,\s*(?<actual>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex PowerState();

    [GeneratedRegex("OpaqueRef:[0-9a-fA-F-]+", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Reference();
}
