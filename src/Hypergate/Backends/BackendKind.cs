using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>All that the gateway must know of a kind of platform. A member that is null means: this kind cannot.</summary>
internal sealed record BackendKind
{
    /// <summary>What settings call it: <c>xen-orchestra</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it: <c>Xen Orchestra</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Before the names of its tools where several kinds are configured: <c>xo</c>.</summary>
    public required string ToolPrefix { get; init; }

    /// <summary>The words of error texts about the connection.</summary>
    public required PlatformWords Words { get; init; }

    /// <summary>The path below the configured address that every operation begins with: <c>/rest/v0</c>.</summary>
    public required string ApiPath { get; init; }

    /// <summary>Where the description lies below <see cref="ApiPath"/>.</summary>
    public required string DescriptionPath { get; init; }

    public required DescriptionRules Description { get; init; }

    /// <summary>Headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How a credential becomes a header.</summary>
    public required Func<Credential, KeyValuePair<string, string>> CredentialHeader { get; init; }

    /// <summary>Puts an error answer into words: status, body, whether a token was sent.</summary>
    public required Func<int, ReadOnlyMemory<byte>, bool, string> ReadError { get; init; }

    /// <summary>The class of a call, where its arguments raise it above the operation's own.</summary>
    public Func<Operation, JsonElement, Access> AccessOf { get; init; } = static (operation, _) => operation.Access;

    /// <summary>What the platform asks of path values beyond the rules for all.</summary>
    public PathRule? PathRule { get; init; }

    /// <summary>The administrator's switch that turns assistants away.</summary>
    public SwitchRules? Switch { get; init; }

    public JobRules? Jobs { get; init; }

    public SubjectRules? Subjects { get; init; }

    public SummaryRules? Summary { get; init; }

    public IdentityRules? Identity { get; init; }

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
/// <param name="Operation">Its name, read with <c>id: Id</c>.</param>
/// <param name="Id">What the platform calls the present user.</param>
/// <param name="Describe">The user in words: name and rights.</param>
internal sealed record IdentityRules(string Operation, string Id, Func<JsonElement, string> Describe);
