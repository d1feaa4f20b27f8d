using System.Collections.Concurrent;
using Hypergate.Governance.State;

namespace Hypergate.Host.State;

/// <summary>What the replicas of one gateway tell each other: messages, and that they live.</summary>
internal abstract class Replica
{
    private readonly ConcurrentDictionary<string, Action<ReplicaMessage>> _listeners = new(StringComparer.Ordinal);

    /// <summary>The id of this one.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("n")[..12];

    /// <summary>What all of them can read.</summary>
    public abstract IStateStore Store { get; }

    /// <summary>Hears each message of the others about something, as long as the gateway lives.</summary>
    public void Listen(string topic, Action<ReplicaMessage> hear) => _listeners.AddOrUpdate(topic, hear, (_, others) => others + hear);

    /// <summary>Tells all others. What cannot be told is an <see cref="IOException"/>.</summary>
    public abstract Task TellAsync(ReplicaMessage message, CancellationToken cancellationToken);

    /// <summary>Whether one of them has shown itself lately.</summary>
    public abstract Task<bool> IsAliveAsync(string id, CancellationToken cancellationToken);

    protected void Hear(ReplicaMessage message) => _listeners.GetValueOrDefault(message.Topic)?.Invoke(message);
}

/// <summary>A message among replicas.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Key">Which of them.</param>
/// <param name="Body">What about it.</param>
internal sealed record ReplicaMessage(string Topic, string Key, string Body);
