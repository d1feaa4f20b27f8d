using Hypergate.Tools;

namespace Hypergate.Host.Mcp;

/// <summary>Says when a list has become another: the tools by themselves, the others when they are announced.</summary>
internal sealed class ListChanges
{
    public ListChanges(ToolList tools) => tools.Changed += (_, _) => Announce(ListKinds.Tools);

    /// <summary>Raised after lists have changed.</summary>
    public event EventHandler<ListsChangedEventArgs>? Changed;

    public void Announce(ListKinds lists) => Changed?.Invoke(this, new ListsChangedEventArgs(lists));
}

/// <summary>Which lists have changed.</summary>
internal sealed class ListsChangedEventArgs(ListKinds lists) : EventArgs
{
    public ListKinds Lists => lists;
}
