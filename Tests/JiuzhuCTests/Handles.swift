import CJiuzhu
import JiuzhuC
