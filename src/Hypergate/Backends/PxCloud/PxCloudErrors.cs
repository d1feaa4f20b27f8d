using System.Globalization;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>Puts PXCloud's error answers, <c>{"code", "message"}</c>, into words, with what to do next.</summary>
internal static class PxCloudErrors
{
    public static string Read(HttpReply reply, bool hasToken)
    {
        var (code, words) = (CodeIn(reply), RestErrors.Words(reply));
        if (reply.Status == 401 || reply.Address.AbsolutePath.EndsWith(PxCloudSession.Path, StringComparison.Ordinal))
        {
            return Authentication(reply.Status, code, words, hasToken);
        }

        var head = string.Create(CultureInfo.InvariantCulture, $"PXCloud answered {reply.Status}{(reply.Reason.Length > 0 ? $" {reply.Reason}" : "")}{(code.Length > 0 ? $" ({code})" : "")}");
        return $"{head}{(words.Length > 0 ? $": {words}" : "")}. {Hint(reply)}".TrimEnd();
    }

    /// <summary>What a caller shall do after a failure of a call, beyond what the answer itself says; null for nothing.</summary>
    public static string? Next(Call call, int? status) => call.Operation.Changes && status is not (400 or 401 or 403 or 405 or 422)
        ? "Read the object's state before you repeat the change: it may have been done."
        : null;

    private static string Authentication(int status, string code, string words, bool hasToken)
    {
        var said = words.Length > 0 ? $" PXCloud says: {words}." : "";
        if (hasToken)
        {
            return $"Authentication failed: PXCloud does not take the token (PXCLOUD_TOKEN, or auth.token); it may have expired or been withdrawn. "
                + $"Get another one, or set PXCLOUD_USER and PXCLOUD_PASS, with which the gateway renews its session by itself.{said}";
        }

        var why = (status, code) switch
        {
            (_, var text) when text.Contains("mfa", StringComparison.OrdinalIgnoreCase) || text.Contains("otp", StringComparison.OrdinalIgnoreCase) =>
                "this account needs a second factor, which the gateway cannot give; use a token (PXCLOUD_TOKEN).",
            (423, _) => "the account is locked; an administrator of PXCloud can unlock it.",
            (429, _) => "PXCloud wants fewer tries; wait some minutes.",
            ( >= 500, _) => "PXCloud could not answer the login; look at its server log.",
            _ => "check PXCLOUD_USER and PXCLOUD_PASS.",
        };
        return $"Authentication failed: {why}{said}";
    }

    private static string Hint(HttpReply reply) => reply.Status switch
    {
        400 or 422 => "Check the arguments against the operation's schema (describe_operation shows it).",
        403 => MissingRight.In(reply) is { } right
            ? $"The gateway's user lacks a right there: {right}. Who administers PXCloud can give it a role that holds it."
            : "The gateway's user lacks a right there; look at its roles and grants.",
        404 => "Check the id: list the objects first. Ids of machines are cluster:node:vmid and change when a machine moves.",
        405 => "The platform's description may have changed: it is read again now. Look for the operation once more.",
        409 => "The state of the object forbids it: read it before you try again.",
        423 => "Another task holds the object: wait until it has ended.",
        429 => reply.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"Too many requests: wait {Math.Ceiling(wait.TotalSeconds)} s.")
            : "Too many requests: wait some seconds.",
        500 => "PXCloud's server log says more; try once more at most.",
        502 or 503 or 504 => "The service or a node behind it is away: check the health of the nodes.",
        _ => "",
    };

    private static string CodeIn(HttpReply reply)
    {
        var body = PlatformClient.ValueOf(reply);
        var holder = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : body;
        return PxCloudValue.Text(holder, "code") is { } code ? Descriptions.DescriptionText.OneLine(code, Descriptions.DescriptionText.LongestTitle) : "";
    }
}
