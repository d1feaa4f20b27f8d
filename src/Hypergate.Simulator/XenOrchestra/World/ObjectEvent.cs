namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>What became visible of an object.</summary>
internal enum ObjectEvent
{
    Add,
    Update,
    Remove,
}
