using Hypergate.Backends;
using Hypergate.Descriptions;
using Microsoft.Extensions.Logging;

namespace Hypergate.Catalog;

/// <summary>What comes into the catalog of one backend: what an earlier start has remembered, and what the text of a description makes.</summary>
internal sealed partial class CatalogIntake(Backend backend, LiveCatalog catalog, (CatalogCache Cache, DescriptionPins Pins) kept, TimeProvider time, ILogger<CatalogIntake> logger)
{
    private bool _isRemembered;
    private string? _lastWaiting;
    private (string Hash, string Problem)? _refused;

    /// <summary>Puts the catalog of an earlier start in force, where there is one. Done once, by whoever needs it first.</summary>
    public void Remember()
    {
        if (!backend.Kind.IsRemembered || Interlocked.Exchange(ref _isRemembered, true))
        {
            return;
        }

        var cached = kept.Cache.Read(backend.Name, CacheAddress);
        if (cached.Catalog is { } known)
        {
            catalog.Replace(InForce(known));
        }
        else
        {
            CacheIgnored(backend.Name, cached.Ignored ?? "");
        }
    }

    /// <summary>Tells one state of what was accepted of the description from another; null for nothing.</summary>
    /// <exception cref="IOException">It cannot be read now.</exception>
    public Task<long?> AcceptedVersionAsync(CancellationToken cancellationToken) => kept.Pins.VersionAsync(backend.Name, cancellationToken);

    /// <summary>Puts what a description says in force.</summary>
    /// <param name="text">The description.</param>
    /// <param name="tag">By which the platform knows it again; empty where it has none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How the backend stands with it.</returns>
    public async Task<BackendState> TakeAsync(ReadOnlyMemory<byte> text, string tag, CancellationToken cancellationToken)
    {
        var document = BackendCatalog.HashOf(text.Span);
        var hash = document + backend.Kind.DescriptionSalt + (backend.Kind.DescriptionFile is { } file ? backend.Kind.DescriptionParts(file) : "");
        if (catalog.Current.Find(backend.Name) is { } known && known.Hash == hash && (backend.Version.Length == 0 || known.Version == backend.Version))
        {
            backend.Trusts();
            return backend.State;
        }

        // The same text would be refused again, and some take long to be refused.
        if (_refused is { } refused && refused.Hash == hash)
        {
            return backend.Distrust(refused.Problem);
        }

        try
        {
            await PutAsync(Read(text), (hash, document, tag), cancellationToken);
            return backend.State;
        }
        catch (DescriptionException exception)
        {
            _refused = (hash, exception.Message);
            return backend.Distrust(exception.Message);
        }
        catch (IOException exception)
        {
            return backend.Distrust($"What was accepted of the description of '{backend.Name}' cannot be read or kept, so that nothing of another one is offered: {exception.Message}");
        }
    }

    private Description Read(ReadOnlyMemory<byte> text)
    {
        var description = backend.Kind.ReadDescription(text, backend.Kind.Description);
        foreach (var warning in description.Warnings.Except(description.Faults))
        {
            DescriptionWarning(backend.Name, warning);
        }

        foreach (var fault in description.Faults)
        {
            DescriptionFault(backend.Name, fault);
        }

        return description;
    }

    private async Task PutAsync(Description description, (string Hash, string Document, string Tag) source, CancellationToken cancellationToken)
    {
        var whole = new BackendCatalog(backend.Name, description.Operations, source.Hash, description.Version.Length > 0 ? description.Version : backend.Version, time.GetUtcNow(), description.Warnings)
        {
            Summary = description.Summary,
            Tag = source.Tag,
            Guide = description.Guide,
        };
        var read = await kept.Pins.SiftAsync(whole, (backend.Options.Http.Address, source.Document), backend.Options.AcceptedChanges, cancellationToken);
        TellWaiting(read);
        backend.Trusts();
        catalog.Replace(InForce(read));
        if (backend.Kind.IsRemembered && kept.Cache.Write(read, CacheAddress) is { } problem)
        {
            CacheIgnored(backend.Name, problem);
        }
    }

    // What other settings made of the same description is not remembered for these.
    private Uri CacheAddress => backend.Kind.DescriptionSalt.Length == 0
        ? backend.Options.Http.Address
        : new UriBuilder(backend.Options.Http.Address) { Fragment = backend.Kind.DescriptionSalt }.Uri;

    // The cache keeps the description's own classes, so that other settings find them.
    private BackendCatalog InForce(BackendCatalog read) => read with { Operations = backend.Options.AccessOverrides.Apply(read.Operations) };

    private void TellWaiting(BackendCatalog read)
    {
        if (read.WaitingWarning is { } warning && warning != _lastWaiting)
        {
            Waits(warning);
        }

        _lastWaiting = read.WaitingWarning;
    }

    [LoggerMessage(1, LogLevel.Debug, "{Backend}: the remembered operations are not used: {Reason}")]
    private partial void CacheIgnored(string backend, string reason);

    [LoggerMessage(2, LogLevel.Debug, "{Backend}: {Warning}")]
    private partial void DescriptionWarning(string backend, string warning);

    [LoggerMessage(3, LogLevel.Warning, "{Backend}: {Fault}")]
    private partial void DescriptionFault(string backend, string fault);

    [LoggerMessage(4, LogLevel.Warning, "{Warning}")]
    private partial void Waits(string warning);
}
