using Hypergate.Backends.Files;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Limits;
using Hypergate.Governance.State;
using Hypergate.Host.Authentication;

namespace Hypergate.Host.State;

/// <summary>Where a gateway keeps what it must not forget, or what its replicas must agree on. Making it reads and writes nothing.</summary>
internal interface IGatewayStores : IAsyncDisposable
{
    /// <summary>Approvals and freezes.</summary>
    IStateStore State { get; }

    /// <summary>Consents that wait, and used ones.</summary>
    IStateStore Consents { get; }

    /// <summary>The key for what travels through clients: of the process, whatever settings come into force meanwhile, or of all replicas.</summary>
    byte[] SealKey { get; }

    IApiKeyShelf Keys { get; }

    /// <summary>The records of the audit.</summary>
    IAuditTrail Trail { get; }

    /// <summary>What replicas tell each other; null where there is one alone.</summary>
    Replica? Replica { get; }

    /// <summary>Where replicas put files for each other; null where there is one alone.</summary>
    IFileDepot? Files { get; }

    /// <summary>Counts calls.</summary>
    IRateCounter NewCounter();

    /// <summary>Writes the audit, for as long as one set of settings holds.</summary>
    IAuditLog NewAudit(AuditSettings settings, AuditScrubbing scrubbing);

    /// <summary>Makes ready what a server needs: it must be there when the first request comes.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    Task StartAsync(CancellationToken cancellationToken);
}
