namespace Hypergate.Host.Clients;

/// <summary>What is known about one kind of assistant.</summary>
internal sealed record ClientKind
{
    /// <summary>As it is typed.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Its file of settings.</summary>
    public required Func<ClientPlaces, string> File { get; init; }

    /// <summary>The member of the file that holds the servers.</summary>
    public string Container { get; init; } = "mcpServers";

    /// <summary>Members that every entry has beside command, args and env.</summary>
    public IReadOnlyList<(string Name, string Value)> Marks { get; init; } = [];

    /// <summary>How a value is taken from the environment; null where the client cannot do that, so that the value itself has to stand in the file.</summary>
    public Func<string, string>? Reference { get; init; }

    /// <summary>Whether the client asks the person for secrets (<c>inputs</c>).</summary>
    public bool Asks { get; init; }

    /// <summary>What the person does next.</summary>
    public required string Next { get; init; }
}
