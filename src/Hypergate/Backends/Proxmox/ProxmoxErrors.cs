using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Backends.Http;

namespace Hypergate.Backends.Proxmox;

/// <summary>
/// Puts the error answers of Proxmox VE into words that say what happened and what to do next. Bodies are
/// <c>{data: null, message, errors?: {parameter: text}}</c>; some answers have none, and then only the reason phrase speaks.
/// </summary>
internal static partial class ProxmoxErrors
{
    private const int MostParameters = 10;

    /// <param name="reply">With a status of 400 or above.</param>
    /// <param name="withToken">Whether the gateway sent an API token rather than opened a session.</param>
    public static string Read(HttpReply reply, bool withToken)
    {
        var body = Parse(reply.Body);
        var message = (ProxmoxValue.Text(body, "message") ?? reply.Reason).Trim();
        return reply.Status switch
        {
            401 => Authentication(message, withToken),
            400 => Prefixed(reply, Parameters(body, message)),
            403 => Prefixed(reply, Forbidden(message)),
            501 => Prefixed(reply, $"{message}. This Proxmox VE does not have the operation; its description may be of another version, which the gateway reads again by itself."),
            595 => Prefixed(reply, $"{message}. The node that the request is for cannot be reached from the node that was asked: it is offline, or the network between them is. Other nodes and their guests can still be asked."),
            >= 596 => Prefixed(reply, $"{message}. The answer of the node that the request was passed on to did not come in time. It is not known whether it took effect: look at its tasks (nodes_tasks_query list_tasks, source=all) before repeating it."),
            _ => Prefixed(reply, ProxmoxErrorTexts.Explain(message)),
        };
    }

    /// <summary>What the status should have been: Proxmox VE says 500 for almost everything.</summary>
    public static int StatusOf(HttpReply reply) =>
        reply.Status == 500 ? ProxmoxErrorTexts.StatusOf(ProxmoxValue.Text(Parse(reply.Body), "message") ?? reply.Reason) : reply.Status;

    private static string Authentication(string message, bool withToken)
    {
        if (message.Contains("csrf", StringComparison.OrdinalIgnoreCase))
        {
            return "Authentication failed: Proxmox VE did not take the session's token for writes. Try again; the gateway opens a new session.";
        }

        return withToken
            ? "Authentication failed: check tokenId and tokenSecret (PVE_TOKEN_ID, PVE_TOKEN_SECRET). The token may have expired or been removed, or its user is disabled."
            : "Authentication failed: check username (with its realm, such as root@pam) and password. So that the account is not locked, the gateway does not try the same again at once.";
    }

    private static string Parameters(JsonElement body, string message)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
        {
            return message;
        }

        var faults = errors.EnumerateObject().Take(MostParameters).Select(static error => $"{error.Name}: {error.Value.ToString().Trim()}");
        return $"the platform refused the arguments: {string.Join("; ", faults)}. describe_operation shows what it takes.";
    }

    private static string Forbidden(string message)
    {
        if (message.Contains("not available with API token", StringComparison.Ordinal))
        {
            return "this needs a login with user and password; Proxmox VE does not let API tokens do it.";
        }

        if (message.Contains("user != root@pam", StringComparison.Ordinal) || message.Contains("Only root", StringComparison.Ordinal))
        {
            return $"{message.TrimEnd('.')}. Only root@pam may do this, logged in and not by token: it is done on the platform itself.";
        }

        return Missing().Match(message) is { Success: true } missing
            ? $"the gateway's user lacks {missing.Groups["privileges"].Value} on {missing.Groups["path"].Value}. An administrator can grant it with a role that has it, such as "
                + $"{Role(missing.Groups["privileges"].Value)}; a token with privilege separation needs it itself, and its user too. Whether the object exists cannot be told without it."
            : message;
    }

    private static string Role(string privileges) => privileges.Split(['|', ',', ' '])[0] switch
    {
        "VM.Audit" or "Sys.Audit" or "Datastore.Audit" or "SDN.Audit" or "Pool.Audit" or "Mapping.Audit" => "PVEAuditor",
        "VM.PowerMgmt" or "VM.Console" or "VM.Backup" or "VM.Config.CDROM" or "VM.Config.Cloudinit" => "PVEVMUser",
        "Datastore.AllocateSpace" => "PVEDatastoreUser",
        "Permissions.Modify" or "Sys.Modify" or "Sys.PowerMgmt" or "Sys.Incoming" or "Sys.AccessNetwork" or "Realm.Allocate" => "Administrator",
        var privilege when privilege.StartsWith("VM.", StringComparison.Ordinal) => "PVEVMAdmin",
        var privilege when privilege.StartsWith("Datastore.", StringComparison.Ordinal) => "PVEDatastoreAdmin",
        var privilege when privilege.StartsWith("SDN.", StringComparison.Ordinal) => "PVESDNAdmin",
        var privilege when privilege.StartsWith("Pool.", StringComparison.Ordinal) => "PVEPoolAdmin",
        var privilege when privilege.StartsWith("Mapping.", StringComparison.Ordinal) => "PVEMappingAdmin",
        var privilege when privilege.StartsWith("Sys.", StringComparison.Ordinal) => "PVESysAdmin",
        _ => "PVEUserAdmin",
    };

    private static string Prefixed(HttpReply reply, string text) => $"Proxmox VE error ({reply.Status}): {text}";

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? default : JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    [GeneratedRegex(@"^Permission check failed \((?<path>/[^,]*), (?<privileges>[^)]+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Missing();
}
