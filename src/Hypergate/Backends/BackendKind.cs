using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>All that the gateway must know of a kind of platform. A member that is null means: this kind cannot.</summary>
internal sealed record BackendKind
{
    public required BackendKindSettings Settings { get; init; }

    /// <summary>What settings call it: <c>xen-orchestra</c>.</summary>
    public string Name => Settings.Name;

    /// <summary>What people call it: <c>Xen Orchestra</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Other names that people have for it, for finding its operations: <c>XCP-ng</c>.</summary>
    public string OtherNames { get; init; } = "";

    /// <summary>The names that its public DADL file has for its operations, read when somebody uses one; null where there is no such file.</summary>
    public Lazy<RegistryNames>? RegistryNames { get; init; }

    /// <summary>Before the names of its tools where several kinds are configured: <c>xo</c>.</summary>
    public required string ToolPrefix { get; init; }

    /// <summary>The words of error texts about the connection.</summary>
    public required PlatformWords Words { get; init; }

    /// <summary>The path below the configured address that every operation begins with: <c>/rest/v0</c>.</summary>
    public string ApiPath => Settings.ApiPath;

    /// <summary>Where the description lies below <see cref="ApiPath"/>; below the configured address where everybody may read it.</summary>
    public required string DescriptionPath { get; init; }

    /// <summary>Whether the description is read without a credential.</summary>
    public bool DescriptionIsPublic { get; init; }

    public required DescriptionRules Description { get; init; }

    /// <summary>Makes operations of the description's bytes.</summary>
    public required Func<ReadOnlyMemory<byte>, DescriptionRules, Description> ReadDescription { get; init; }

    /// <summary>Where the platform tells its version, for descriptions that do not; null where they do.</summary>
    public VersionRules? Version { get; init; }

    /// <summary>Headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How a credential becomes headers; none for one that a session is opened with.</summary>
    public required Func<Credential, IReadOnlyList<KeyValuePair<string, string>>> CredentialHeaders { get; init; }

    /// <summary>
    /// How a credential goes with the request of one operation, for platforms whose operations differ in that; null where every
    /// request carries <see cref="CredentialHeaders"/>.
    /// </summary>
    public Func<Operation, Credential, CallCredential>? CallCredential { get; init; }

    /// <summary>What the settings of one backend make of the kind; null where they change nothing of it.</summary>
    public Func<BackendSettings, BackendKind>? Configure { get; init; }

    /// <summary>The file that holds the description, in place of the platform; null where the platform sends it.</summary>
    public string? DescriptionFile { get; init; }

    /// <summary>A hash of what that file takes in from others, so that a change of one of them is a change of the description; empty where it stands alone.</summary>
    public Func<string, string> DescriptionParts { get; init; } = static _ => "";

    /// <summary>The whole address of the description, where it does not lie below the platform's own; read without the credential there.</summary>
    public Uri? DescriptionAddress { get; init; }

    /// <summary>Whether its operations are kept for the next start. Not where reading the description is as fast.</summary>
    public bool IsRemembered { get; init; } = true;

    /// <summary>The address where the settings give none; null where they must.</summary>
    public Uri? Address { get; init; }

    /// <summary>Makes what runs operations that come with rules of their own; null where there are none.</summary>
    public Func<PlatformClient, TimeProvider, RestCallRunner>? Runner { get; init; }

    /// <summary>Finds out what reading the description must know; null where there is nothing.</summary>
    public Func<CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Tells apart what different settings make of the same description.</summary>
    public string DescriptionSalt { get; init; } = "";

    /// <summary>Whether operations that are called deprecated are offered all the same: somebody wrote them down for those who still use them.</summary>
    public bool OffersDeprecated { get; init; }

    /// <summary>Whether its backends have nothing in common but how they are called: what each of them is, only its own name and description tell.</summary>
    public bool IsAnyApi { get; init; }

    /// <summary>Whether an answer that is not JSON is a text to be shown.</summary>
    public bool AnswersText { get; init; }

    /// <summary>How a password opens a session; null where it is sent with every request.</summary>
    public SessionRules? Session { get; init; }

    /// <summary>Puts an error answer into words: the answer, and whether a token was sent.</summary>
    public required Func<HttpReply, bool, string> ReadError { get; init; }

    /// <summary>The HTTP status that an error answer ought to have had: 404 for what does not exist.</summary>
    public Func<HttpReply, int> StatusOf { get; init; } = static reply => reply.Status;

    /// <summary>What a caller shall do next after a failed call, by its status (null without an answer); null for nothing beyond the error itself.</summary>
    public Func<Call, int?, string?> NextStep { get; init; } = static (_, _) => null;

    /// <summary>The tool by which its users ask a person ahead of a call; null where they know none.</summary>
    public string? ConfirmTool { get; init; }

    /// <summary>Prompts that it brings along.</summary>
    public Func<IReadOnlyList<KindPrompt>> Prompts { get; init; } = static () => [];

    /// <summary>Texts that it brings along.</summary>
    public Func<IReadOnlyList<KindGuide>> Guides { get; init; } = static () => [];

    /// <summary>Takes the value out of what a platform puts around each.</summary>
    public Func<JsonElement, PlatformValue> Unwrap { get; init; } = static value => new(value, null);

    /// <summary>What the caller gets in place of the value that answers its call.</summary>
    public Func<Call, JsonElement, JsonElement> Shown { get; init; } = static (_, value) => value;

    /// <summary>Where the value stands in what the platform puts around each, for descriptions made of it; null where nothing is around it.</summary>
    public string? ValuePath { get; init; }

    /// <summary>Where the value stands as well, for platforms that put something around some of their values; null for others.</summary>
    public string? OtherValuePath { get; init; }

    /// <summary>As what bodies are usually sent, for descriptions made of it.</summary>
    public string BodyType { get; init; } = RequestBody.Json;

    /// <summary>How arguments are written into a request.</summary>
    public ArgumentEncoding Encoding { get; init; } = ArgumentEncoding.Json;

    /// <summary>Whether another node of the cluster may answer a read better than the one that gave this answer.</summary>
    public Func<HttpReply, bool> IsOfThisNode { get; init; } = static _ => false;

    /// <summary>How often a read that may pass is repeated.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Whether an answer means that the description may have changed: a known operation is not there.</summary>
    public Func<HttpReply, bool> DoubtsDescription { get; init; } = static _ => false;

    /// <summary>How long a connection is kept without a request.</summary>
    public TimeSpan IdleTimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Why a successful answer means that nothing was done; null where it does not.</summary>
    public Func<Call, JsonElement, string?> Misfire { get; init; } = static (_, _) => null;

    /// <summary>Why a list may be empty that need not be.</summary>
    public EmptyRules? Empty { get; init; }

    /// <summary>The class of a call, where its arguments raise it above the operation's own.</summary>
    public Func<Operation, JsonElement, Access> AccessOf { get; init; } = static (operation, _) => operation.Access;

    /// <summary>What the platform asks of path values beyond the rules for all.</summary>
    public PathRule? PathRule { get; init; }

    /// <summary>The administrator's switch that turns assistants away.</summary>
    public SwitchRules? Switch { get; init; }

    public JobRules? Jobs { get; init; }

    /// <summary>Whether the platform refuses right credentials for a moment while it starts, so that a refusal is asked twice.</summary>
    public bool RefusesWhileStarting { get; init; }

    /// <summary>How long a read may still show the old state after a change; a change is not reported as done before.</summary>
    public TimeSpan CacheLag { get; init; }

    public SubjectRules? Subjects { get; init; }

    /// <summary>Its objects as rights see them; null where rights cannot tell one object from another.</summary>
    public ObjectRules? Objects { get; init; }

    public SummaryRules? Summary { get; init; }

    public IdentityRules? Identity { get; init; }

    /// <summary>Whether <c>search_documentation</c> knows its documentation.</summary>
    public bool IsDocumented { get; init; }

    public RedactionRules Redaction { get; init; } = RedactionRules.None;

    /// <summary>Why a call is refused for what its arguments would do; null where it is not.</summary>
    public Func<Call, string?> Refusal { get; init; } = static _ => null;

    /// <summary>What the caller should know of a call that the platform accepts and misunderstands.</summary>
    public Func<Call, IEnumerable<string>> Warnings { get; init; } = static _ => [];

    /// <summary>The switch that makes the platform stream a list: <c>ndjson</c>.</summary>
    public string? StreamSwitch { get; init; }

    /// <summary>The switch that makes the platform render a list itself: <c>markdown</c>.</summary>
    public string? RenderSwitch { get; init; }
}

/// <summary>A switch on the platform that turns assistants away.</summary>
/// <param name="StatusPath">Below the API's path; read without a credential. 2xx is on.</param>
/// <param name="IsOff">Whether an answer says that the switch is off.</param>
/// <param name="Text">What callers are told then.</param>
/// <param name="ReadStatusError">Puts another answer of the status path into words, by status.</param>
internal sealed record SwitchRules(string StatusPath, Func<HttpReply, bool> IsOff, string Text, Func<int, string> ReadStatusError);

/// <summary>How to find out whom the platform takes us for.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Arguments">What it is read with.</param>
/// <param name="Describe">The user in words, by what was read and by the name that the credential gives itself.</param>
internal sealed record IdentityRules(string Operation, JsonElement Arguments, Func<JsonElement, string, string> Describe)
{
    /// <summary>Where the same is read where that operation is not offered; null where it always is.</summary>
    public string? Path { get; init; }
}

/// <summary>Where a platform tells its version.</summary>
/// <param name="Path">Below the API's path; read with the credential, so that a wrong one is found before anything else.</param>
/// <param name="Read">The version in the value there; null where there is none.</param>
internal sealed record VersionRules(string Path, Func<JsonElement, string?> Read);

/// <summary>A value without what the platform puts around it.</summary>
/// <param name="Value">Undefined where there is none.</param>
/// <param name="Total">How many rows there are in all, where the platform cut the list.</param>
internal sealed record PlatformValue(JsonElement Value, long? Total);

/// <summary>What goes with a request as its credential. Never printed.</summary>
internal sealed record CallCredential(IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    public static CallCredential None { get; } = new([], []);

    public override string ToString() => "***";
}
