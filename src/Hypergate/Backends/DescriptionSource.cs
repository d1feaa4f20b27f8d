using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>Where the description of a platform's API is read: from the platform, from elsewhere, or from a file.</summary>
/// <param name="client">The way to it.</param>
/// <param name="standing">Told what is seen on the way.</param>
internal sealed class DescriptionSource(PlatformClient client, BackendStanding standing)
{
    private BackendKind Kind => client.Options.Kind;

    /// <summary>The platform's version, where its description does not tell it; empty where nobody does.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Reads the description of the platform's API; the state tells why where there is none.</summary>
    /// <param name="known">What is known of it, so that the platform need not send it again; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DescriptionDocument?> ReadAsync(KnownDescription? known, CancellationToken cancellationToken)
    {
        if (Kind.Version is { } version && !await ReadVersionAsync(version, cancellationToken))
        {
            return null;
        }

        if (Kind.DescriptionFile is { } file)
        {
            await (Kind.Prepare?.Invoke(cancellationToken) ?? Task.CompletedTask);
            return ReadFile(file) is { } bytes ? new(bytes, "") : null;
        }

        var tag = known is { Tag.Length: > 0 } && (Version.Length == 0 || known.Version == Version) ? known.Tag : null;
        var result = Kind.DescriptionAddress is { } address
            ? await client.GetAnywhereAsync(address, tag, cancellationToken)
            : Kind.DescriptionIsPublic
            ? await client.GetPubliclyFromRootAsync(Kind.DescriptionPath, cancellationToken, tag)
            : await client.GetAsync(Kind.DescriptionPath, cancellationToken, tag);
        return Take(result, tag);
    }

    private DescriptionDocument? Take(HttpResult result, string? tag)
    {
        switch (result)
        {
            case HttpReply { Status: 304 } when tag is not null:
                standing.Answered();
                return new(default, tag) { IsUnchanged = true };
            case HttpReply { IsSuccess: true } reply:
                standing.Answered();
                return new(reply.Body, reply.ETag ?? "");
            case HttpReply reply when standing.Seen(reply) is { Health: not BackendHealth.Ready } state:
                standing.State = state;
                return null;
            case HttpReply reply:
                standing.Down($"The description of its operations could not be read: {standing.Error(reply)}");
                return null;
            case TransportFailure failure:
                standing.Down(failure.Text);
                return null;
            default:
                return null;
        }
    }

    private ReadOnlyMemory<byte>? ReadFile(string path)
    {
        var most = Kind.Description.Limits.DocumentBytes;
        try
        {
            var bytes = new FileInfo(path).Length <= most ? File.ReadAllBytes(path) : [];
            if (bytes.Length > 0)
            {
                standing.Answered();
                return bytes;
            }

            standing.Down($"The description of its operations, {path}, is empty or longer than {most} bytes.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            standing.Down($"The description of its operations, {path}, cannot be read: {exception.Message}");
        }

        return null;
    }

    // With the credential, so that a wrong one is found out here and not at the first call.
    private async Task<bool> ReadVersionAsync(VersionRules rules, CancellationToken cancellationToken)
    {
        switch (await client.GetAsync(rules.Path, cancellationToken))
        {
            case HttpReply { IsSuccess: true } reply:
                Version = rules.Read(client.Inside(reply)) ?? "";
                return true;
            case HttpReply reply:
                standing.Refused(reply.Status == 401, standing.Error(reply));
                return false;
            case TransportFailure failure:
                standing.Refused(failure.Kind == FailureKind.Login, failure.Text);
                return false;
            default:
                return false;
        }
    }
}

/// <summary>A description as it came.</summary>
/// <param name="Bytes">The document.</param>
/// <param name="Tag">What its server calls this state of it (ETag); empty where it does not say.</param>
internal sealed record DescriptionDocument(ReadOnlyMemory<byte> Bytes, string Tag)
{
    /// <summary>Whether it is the one that was known, and was not sent again.</summary>
    public bool IsUnchanged { get; init; }
}

/// <summary>A description that was read before.</summary>
/// <param name="Tag">As in <see cref="DescriptionDocument"/>.</param>
/// <param name="Version">The platform's version at that time.</param>
internal sealed record KnownDescription(string Tag, string Version);
