using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>Xen Orchestra, by its REST API <c>/rest/v0</c>.</summary>
internal static class XenOrchestraKind
{
    private const string DisabledText = "MCP disabled by admin: the administrator of this Xen Orchestra has switched assistants off ([mcp] enabled = false). Nothing can be asked until it is on again.";

    private static readonly RedactionRules Redaction = new()
    {
        Hidden = ["pw_hash", "password", "authenticationToken", "token", "encryptionKey"],
        HiddenUnlessAsked = ["xenStoreData", "cloudConfig"],
        HiddenInside = ["result.stack", "result.call", "error.stack", "error.call"],
        Addresses = ["url", "host", "httpProxy"],
        Credentials = [new CredentialObject("id", ["user_id", "expiration"])],
    };

    public static BackendKind Kind { get; } = new()
    {
        Settings = XenOrchestraAuth.Settings,
        Title = "Xen Orchestra",
        OtherNames = "XCP-ng XenServer Vates",
        RegistryNames = new(static () => RegistryNames.Read("xen_orchestra", "registry.xen-orchestra.tsv")),
        ToolPrefix = "xo",
        Words = new PlatformWords { Server = "XO server", AddressSetting = "XO_URL" },
        DescriptionPath = "/docs/swagger.json",
        Description = XenOrchestraDescription.Rules,
        ReadDescription = OpenApiReader.Read,
        Headers = [new("X-XO-Client", "mcp")],
        CredentialHeaders = static credential => [Header(credential)],
        ReadError = static (reply, withToken) => XenOrchestraErrors.Read(reply.Status, reply.Body, withToken),
        AccessOf = XenOrchestraAccess.OfCall,
        PathRule = PathRules.NoDotsInIds,
        Switch = new SwitchRules("/mcp/status", IsOff, DisabledText, StatusError),
        Jobs = new JobRules
        {
            IdOf = XenOrchestraTasks.AcceptedId,
            Path = "/tasks/{id}",
            HowToAsk = static _ => "tasks_query GetTask with this id",
            WaitQuery = new("wait", "true"),
            AbortPath = "/tasks/{id}/actions/abort",
            Read = XenOrchestraTasks.Read,
            ReadFailure = XenOrchestraErrors.ReadTask,
        },
        RefusesWhileStarting = true,
        CacheLag = TimeSpan.FromMilliseconds(250),
        Subjects = XenOrchestraSubjects.Rules,
        Objects = XenOrchestraObjects.Rules,
        Summary = XenOrchestraSummary.Rules,
        Identity = new IdentityRules("GetUser", JsonElement.Parse("""{"id":"me"}"""), static (user, _) => DescribeUser(user)),
        IsDocumented = true,
        Redaction = Redaction,
        Refusal = static call => FilterSecrets.Problem(call, Redaction),
        Warnings = Warnings,
        StreamSwitch = "ndjson",
        RenderSwitch = "markdown",
    };

    // The server knows no Bearer; a token goes into a cookie as it is.
    private static KeyValuePair<string, string> Header(Credential credential) => credential switch
    {
        Credential.Token token => new("Cookie", $"authenticationToken={token.Value}"),
        Credential.Password password => new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{password.User}:{password.Value}"))}"),
        _ => throw new InvalidOperationException("Unknown credential."),
    };

    private static bool IsOff(HttpReply reply) => reply.Status == 503 && reply.Body.Span.IndexOf("mcp_disabled"u8) >= 0;

    private static string StatusError(int status) =>
        $"Unable to verify MCP status (HTTP {status}): "
        + (status == 404 ? "this Xen Orchestra is older than 6.5; upgrade it." : "check that XO_URL leads to Xen Orchestra and that no proxy answers in its place.");

    private static IEnumerable<string> Warnings(Call call) =>
        call.Arguments.TryGetProperty("filter", out var filter) && filter.ValueKind == JsonValueKind.String
            ? FilterTraps.Warnings(filter.GetString()!)
            : [];

    private static string DescribeUser(JsonElement user)
    {
        var name = user.TryGetProperty("name", out var known) ? known.ToString() : user.TryGetProperty("email", out var email) ? email.ToString() : "unknown";
        var permission = user.TryGetProperty("permission", out var right) ? right.ToString() : "none";
        return permission == "admin" ? $"{name} (administrator)" : $"{name} (permission {permission}; sees what its roles allow)";
    }
}
