import CJiuzhu

/// A struct of `jiuzhu_plugin.h` that says its size, so that later headers can append to it.
protocol PluginStruct {
    /// All of it zero.
    init()
    /// The bytes that it has in the header of ABI 1: every plugin has at least these.
    ///
    /// Written down and never changed. The size that it has today would refuse plugins of older headers as soon as a field
    /// is appended; whoever appends one reads it only where the plugin's own size says that it is there.
    static var firstSize: Int { get }
}

extension jzp_descriptor: PluginStruct { static let firstSize = 80 }
extension jzp_program: PluginStruct { static let firstSize = 112 }
extension jzp_fact: PluginStruct { static let firstSize = 72 }
extension jzp_term: PluginStruct { static let firstSize = 56 }
extension jzp_standing: PluginStruct { static let firstSize = 40 }
extension jzp_source: PluginStruct { static let firstSize = 88 }
extension jzp_channel: PluginStruct { static let firstSize = 56 }
