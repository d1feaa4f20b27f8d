using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl;

/// <summary>Which API a backend of kind <c>dadl</c> is, and what of it the file does not say.</summary>
public sealed record DadlSettings
{
    [Setting("The file that describes the API, or a folder with such files, of which the one with the name of the backend counts. A relative path starts at the settings file.",
        Example = "./xen-orchestra.dadl")]
    public required string File { get; init; }

    [Setting("Classes of the file that are not read, write, admin or dangerous, and what they are. Any other such class is admin.", Example = "{ billing: admin }")]
    public IReadOnlyDictionary<string, string> AccessMap { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("Classes of tools by name or pattern, in place of the file's. Without this a tool for which the file says nothing is dangerous.", Example = "{ \"export_*\": admin }")]
    public IReadOnlyDictionary<string, string> AccessOverrides { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("What the API calls a parameter, by tool and parameter.", Example = "{ get_transaction_times.txId: \"txId[]\" }")]
    public IReadOnlyDictionary<string, string> ParameterNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("As what tools send their bodies, by name or pattern, in place of the file's.", Example = "{ \"create_*\": application/x-www-form-urlencoded }")]
    public IReadOnlyDictionary<string, string> ContentTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("Hosts beside that of url to which tools with a whole address may go. They get no credential.", Example = "[uploads.example.com]")]
    public IReadOnlyList<string> AllowHosts { get; init; } = [];

    [Setting("Hosts of allowHosts that get the credential all the same.")]
    public IReadOnlyList<string> CredentialHosts { get; init; } = [];

    [Setting("Hosts from which files may be fetched over https, to be sent on.")]
    public IReadOnlyList<string> FileHosts { get; init; } = [];

    [Setting("Hosts of fileHosts that may lie in a private network. Any other must lie on the open internet.")]
    public IReadOnlyList<string> AllowPrivateFileHosts { get; init; } = [];

    [Setting("Whether tools that take a whole file as their body are offered.")]
    public bool AllowUploads { get; init; }

    [Setting("The largest file that is taken from the API, in gigabytes.", Minimum = 1, Maximum = 100_000)]
    public int MaxDownloadGigabytes { get; init; } = 200;

    [Setting("The largest file that is sent to the API as a whole body, in gigabytes.", Minimum = 1, Maximum = 100_000)]
    public int MaxUploadGigabytes { get; init; } = 200;

    [Setting("Whether callers may filter every answer with jq, and not only where the file says so. Needs Node.js 20 or later.")]
    public bool OfferFilter { get; init; }

    [Setting("What becomes of an answer whose transform fails or cannot run: fail, or pass to show it unchanged. A transform that the file sets for all its tools is never left out, because it may hide secrets.",
        Values = ["fail", "pass"])]
    public string TransformFailure { get; init; } = "fail";

    [Setting("Tools that a composite may run though its caller may not, as composite.tool. The file must ask for it as well.", Example = "[update_task._update_task_raw]")]
    public IReadOnlyList<string> Delegates { get; init; } = [];
}
